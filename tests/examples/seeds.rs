//! Writes what fuzzing starts from into a folder: the fixtures and samples of every provider as `curl -i`
//! prints them, the envelopes of the fixtures, and the known codes as a dictionary.

use std::path::PathBuf;
use std::{env, fs, io};

use booking_errors::providers;
use booking_errors_tests::fixtures;

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).expect("the folder to write to"));
    let (responses, envelopes) = (folder.join("responses"), folder.join("envelopes"));
    fs::create_dir_all(&responses)?;
    fs::create_dir_all(&envelopes)?;

    for fixture in fixtures() {
        let mut text = format!("HTTP/1.1 {}\r\n", fixture.status).into_bytes();
        for (name, value) in &fixture.headers {
            text.extend(format!("{name}: {value}\r\n").bytes());
        }
        text.extend([b"\r\n", &*fixture.body].concat());
        let name = fixture.id.replace('/', "-");
        fs::write(responses.join(&name), text)?;
        let error = fixture.provider.decode(&fixture.response());
        fs::write(envelopes.join(&name), serde_json::to_string(error.envelope())?)?;
    }

    let mut dictionary = String::new();
    for provider in providers() {
        for (index, sample) in provider.samples().iter().enumerate() {
            fs::write(responses.join(format!("{}-sample-{index}", provider.name())), sample.to_string())?;
        }
        let codes = provider.codes().iter().map(|info| format!("\"{}\"\n", info.code));
        dictionary.extend(codes);
    }
    fs::write(folder.join("codes.dict"), dictionary)
}
