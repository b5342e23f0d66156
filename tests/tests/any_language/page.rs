//! What the page says.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, iter};

use booking_errors::{Effect, Envelope, Kind, ProviderError as _, Triage};

/// The files of the page by their names: blocks of code whose first line is a comment with a name.
pub fn files() -> BTreeMap<String, String> {
    let page = page();
    let mut lines = page.lines();
    let blocks = iter::from_fn(|| {
        lines.by_ref().find(|line| matches!(*line, "```python" | "```js"))?;
        Some(lines.by_ref().take_while(|line| *line != "```").collect::<Vec<_>>())
    });
    let named = blocks.map(|block| {
        let name = block[0].trim_start_matches(['#', '/', ' ']);
        assert!(name.ends_with(".py") || name.ends_with(".mjs"), "no name: {}", block[0]);
        (name.to_owned(), block.join("\n") + "\n")
    });
    named.collect()
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/any-language.md")).unwrap()
}

#[test]
fn the_table_of_groups_is_that_of_the_library() {
    let page = page();
    let rows = page.lines().skip_while(|line| !line.ends_with("| group |")).skip(2);
    let rows: Vec<Vec<_>> = rows
        .take_while(|line| line.starts_with('|'))
        .map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let fits = |cell: &str, word: &str| cell.is_empty() || cell.contains(&format!("`{word}`"));
    for kind in Kind::ALL {
        for effect in [Effect::NotApplied, Effect::Applied, Effect::Partial, Effect::Unknown] {
            let error = Envelope::new("acme", 500).with_kind(*kind).with_effect(effect);
            let words = [error.retry().as_str(), effect.as_str(), kind.as_str()];
            let mut fitting =
                rows.iter().filter(|row| iter::zip(*row, words).all(|(cell, word)| fits(cell, word)));
            let group: Triage = fitting.next().unwrap()[3].trim_matches('`').parse().unwrap();
            assert_eq!(group, error.triage(), "{words:?}");
        }
    }
    assert!(rows.iter().all(|row| row.len() == 4));
}
