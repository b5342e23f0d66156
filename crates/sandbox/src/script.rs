use std::collections::VecDeque;

use booking_errors::{Provider, provider, providers};
use serde_json::Value;

use crate::act::Act;
use crate::books::Kind;
use crate::routes::names;

/// A script, as it is posted.
pub(crate) struct Script {
    pub(crate) providers: Vec<&'static Provider>,
    pub(crate) kind: Kind,
    pub(crate) acts: VecDeque<Act>,
}

impl Script {
    /// Reads `{"provider": "wix", "acts": ["ok"], "reads": true}`, or a list for every provider.
    pub(crate) fn read(body: &[u8]) -> Result<Self, String> {
        let script: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let mut providers = match script.get("provider").map(Value::as_str) {
            None => providers().to_vec(),
            Some(name) => {
                vec![name.and_then(provider).ok_or_else(|| format!("\"provider\" is none of: {}", names()))?]
            }
        };
        let is_for_reads = script.get("reads").and_then(Value::as_bool) == Some(true);
        let kind = if is_for_reads { Kind::Read } else { Kind::Write };
        let acts = script.get("acts").unwrap_or(&script);
        let acts = acts.as_array().ok_or("a script is a list, or an object with a list \"acts\"")?;
        let read = |act: &Value| {
            let act = act.as_str().ok_or_else(|| format!("an act is a text, not {act}"))?;
            act.parse::<Act>().map_err(|error| error.to_string())
        };
        let acts = acts.iter().map(read).collect::<Result<VecDeque<_>, _>>()?;
        for act in &acts {
            // a list for all is one for those that have its samples
            providers.retain(|provider| act.is_known_to(provider));
            if providers.is_empty() {
                return Err(format!("no provider that the script is for has a sample \"{act}\""));
            }
        }
        Ok(Self { providers, kind, acts })
    }
}
