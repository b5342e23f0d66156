use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const HTML: &str = include_str!("shell.html");
const LOOK: &str = include_str!("look.css");
const THEME: &str = include_str!("theme.js");

/// What is around the body of a page: one file with the look of the page of errors, which loads nothing and runs no script
/// but its own.
///
/// The body must be HTML already: escape each text in it. It needs a switch between light and dark, a `button` with the id
/// `theme`. The policy refuses `style` attributes and handlers such as `onclick`, and scripts may not write HTML.
///
/// ```
/// use booking_errors_sandbox::page::Shell;
///
/// let shell = Shell { title: "Bookings", style: "p { margin: 0 }", script: "", directives: "" };
/// let page = shell.page(r#"<button id="theme" type="button" role="switch">Dark</button>"#);
/// assert!(page.contains("<title>Bookings</title>") && !shell.policy().contains("unsafe"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Shell<'a> {
    /// Title of the window, as HTML.
    pub title: &'a str,
    /// Style, after the one that all pages share.
    pub style: &'a str,
    /// Script, after the one of the switch.
    pub script: &'a str,
    /// Directives that the policy has besides, such as `connect-src 'self'`.
    pub directives: &'a str,
}

impl Shell<'_> {
    /// Returns the page with this body.
    pub fn page(&self, body: &str) -> String {
        // the body comes last: nothing in it is taken for a mark
        HTML.replace("{{policy}}", &self.policy())
            .replace("{{title}}", self.title)
            .replace("{{style}}", &self.whole_style())
            .replace("{{script}}", &self.whole_script())
            .replace("{{body}}", body)
    }

    /// Returns its `Content-Security-Policy`. It allows the page's style and script by their hashes, and no others.
    pub fn policy(&self) -> String {
        let (style, script) = (hash(&self.whole_style()), hash(&self.whole_script()));
        let mut policy = format!(
            "default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; base-uri 'none'; \
             form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        );
        if !self.directives.is_empty() {
            policy.push_str("; ");
            policy.push_str(self.directives);
        }
        policy
    }

    fn whole_style(&self) -> String {
        format!("{LOOK}{}", self.style)
    }

    fn whole_script(&self) -> String {
        format!("\"use strict\";\n\n{THEME}{}", self.script)
    }
}

/// Returns the hash by which a policy names an element with this text.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}
