//! Table tests: bodies, each with what it must decode to.

use booking_errors::{Kind, Provider, RawResponse};
use serde_json::Value;

use crate::differences;

/// A status, a body, and the members of the envelope that it must decode to.
pub type Case = (u16, Value, Value);

/// Checks each case; `null` as the expected value means a clean success.
pub fn check(provider: &Provider, cases: &[Case]) {
    for (status, body, expect) in cases {
        let text = body.to_string();
        let got = match provider.check(&RawResponse::new(*status, text.as_bytes())) {
            Ok(()) => Value::Null,
            Err(error) => serde_json::to_value(error.envelope()).expect("an envelope is JSON"),
        };
        let found = differences(expect, &got);
        assert!(
            found.is_empty() && expect.is_null() == got.is_null(),
            "{status} {text}\n{found:#?}\n{got:#}"
        );
    }
}

/// Checks the issues of each case: the third value lists all of them, in order.
pub fn check_issues(provider: &Provider, cases: &[Case]) {
    for (status, body, issues) in cases {
        let text = body.to_string();
        let error = provider.decode(&RawResponse::new(*status, text.as_bytes()));
        assert_eq!(&serde_json::to_value(error.issues()).expect("issues are JSON"), issues, "{text}");
    }
}

/// Checks the kind that a provider gives to each code.
pub fn check_kinds(provider: &Provider, kinds: &[(Kind, &[&str])]) {
    for (kind, codes) in kinds {
        for code in *codes {
            assert_eq!(provider.code(code).map(|info| info.kind), Some(*kind), "{code}");
        }
    }
}
