//! The examples at the end of each command's help. Each runs as it stands, and a test runs it.

pub const ALL: &str = "\
Examples:
  booking-errors sample wix SLOT_NOT_AVAILABLE | booking-errors decode
  booking-errors sample --all --format json | booking-errors triage
  booking-errors explain slot_not_available
  booking-errors codes guesty";

pub const DECODE: &str = r#"Examples:
  booking-errors sample wix SLOT_NOT_AVAILABLE | booking-errors decode
  booking-errors decode curl-verbose.txt network.har
  booking-errors decode --provider guesty --status 504 --format json < /dev/null
  booking-errors decode --exit-status curl-verbose.txt || echo "ended with $?"
  booking-errors decode --batch --keep id,time today.jsonl > answers.jsonl
  booking-errors sample --all --format json | booking-errors decode --batch

To decode a call as you make it:
  curl -v URL 2>&1 | booking-errors decode"#;

pub const TRIAGE: &str = "\
Examples:
  booking-errors sample --all --format json | booking-errors triage
  booking-errors sample --all --format json | booking-errors triage --list look-up
  booking-errors sample --all --format json | booking-errors decode --batch | booking-errors triage --format prometheus";

pub const EXPLAIN: &str = r#"Examples:
  booking-errors explain slot_not_available
  booking-errors explain check_first --format json
  booking-errors explain fluentbooking 422
  booking-errors explain "gateway timeout""#;

pub const SAMPLE: &str = r#"Examples:
  booking-errors sample wix SLOT_NOT_AVAILABLE
  booking-errors sample guesty "gateway timeout" --format json
  booking-errors sample --all --format wiremock > mappings.json"#;

pub const SERVE: &str = "\
Examples:
  booking-errors serve
  booking-errors serve --port 0 --format json";

pub const CODES: &str = "\
Examples:
  booking-errors codes wix
  booking-errors codes --kind slot_unavailable,conflict
  booking-errors codes --format html > codes.html";

pub const COMPLETIONS: &str = "\
Examples:
  source <(booking-errors completions bash)
  booking-errors completions bash > ~/.local/share/bash-completion/completions/booking-errors
  booking-errors completions zsh > ~/.zfunc/_booking-errors
  booking-errors completions fish > ~/.config/fish/completions/booking-errors.fish

zsh finds the file if ~/.zshrc has this line before it calls compinit:
  fpath=(~/.zfunc $fpath)
PowerShell needs this line in $PROFILE:
  booking-errors completions powershell | Out-String | Invoke-Expression";

pub const MAN: &str = "\
Examples:
  booking-errors man ~/.local/share/man/man1
  booking-errors man > booking-errors.1";
