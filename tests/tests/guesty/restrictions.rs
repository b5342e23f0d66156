//! Guesty: why no rate plan fits a stay, and what helps.

use booking_errors::{Effect, Kind};
use booking_errors_tests::given::{Given, guesty as answer};
use serde_json::{Value, json};

/// An answer with rate plans, each with its flags.
fn unavailable(plans: &[Value]) -> Given {
    let plans: Vec<_> =
        plans.iter().map(|flags| json!({"ratePlanId": "default", "notApplicable": flags})).collect();
    let data = json!({"moreDetails": {"notApplicableRatePlans": plans}});
    answer(400, json!({"error": {"code": "LISTING_IS_NOT_AVAILABLE", "message": "m", "data": data}}))
}

/// The flags that another choice of dates or length cures, and what their remedy says.
const CURABLE: [(&str, &str); 6] = [
    ("minNights", "longer stay"),
    ("maxNights", "shorter stay"),
    ("advanceNotice", "later arrival"),
    ("bookingWindow", "earlier arrival"),
    ("cta", "another day of arrival"),
    ("ctd", "another day of departure"),
];

/// The flags that stay whatever the guest changes.
const LASTING: [(&str, &str); 6] = [
    ("closed", "another rate plan or listing"),
    ("hardBlocked", "another listing"),
    ("manual", "another listing"),
    ("preparationTime", "Offer nights that are not next to another stay"),
    ("allotment", "another listing"),
    ("brandNew", "another listing"),
];

#[test]
fn the_remedy_of_each_flag_names_what_helps() {
    let curable = CURABLE.map(|(flag, words)| (flag, words, Kind::PolicyViolation));
    let lasting = LASTING.map(|(flag, words)| (flag, words, Kind::SlotUnavailable));
    for (flag, words, kind) in curable.into_iter().chain(lasting) {
        let error = unavailable(&[json!({flag: true, "other": false})]).error();
        assert_eq!((error.kind(), error.effect()), (kind, Effect::NotApplied), "{flag}");
        assert!(error.remedy().contains(words), "{flag}: {}", error.remedy());
        assert_eq!(error.issues().len(), 1);
        assert_eq!(error.issues()[0].code.as_deref(), Some(flag));
    }
}

#[test]
fn another_stay_helps_if_some_plan_has_only_flags_that_it_cures() {
    use Kind::{PolicyViolation, SlotUnavailable};
    let min = json!({"minNights": true});
    let rows: &[(&[Value], Kind, &str)] = &[
        (std::slice::from_ref(&min), PolicyViolation, "longer stay"),
        (&[json!({"cta": true, "minNights": true})], PolicyViolation, "every restriction"),
        (&[json!({"minNights": true, "hardBlocked": true})], SlotUnavailable, "another listing"),
        (&[json!({"minNights": true, "brandNew": true})], SlotUnavailable, "other nights"),
        (&[json!({"hardBlocked": true}), min.clone()], PolicyViolation, "longer stay"),
        (&[min.clone(), json!({"closed": true})], PolicyViolation, "longer stay"),
        (
            &[json!({"closed": true}), json!({"manual": true, "cta": true})],
            SlotUnavailable,
            "another rate plan",
        ),
    ];
    for (plans, kind, words) in rows {
        let error = unavailable(plans).error();
        assert_eq!(error.kind(), *kind, "{plans:?}");
        assert!(error.remedy().contains(words), "{plans:?}: {}", error.remedy());
    }
}

#[test]
fn without_a_flag_that_is_true_the_nights_are_not_free() {
    for plans in
        [&[][..], &[json!({})], &[json!({"minNights": false, "closed": null, "cta": "true", "ctd": 1})]]
    {
        let error = unavailable(plans).error();
        assert_eq!((error.kind(), error.issues().len()), (Kind::SlotUnavailable, 0), "{plans:?}");
    }
}
