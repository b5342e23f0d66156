//! Decoders that work, die, hang or talk nonsense, as the page's classes meet them.

use std::thread;

use crate::*;

/// How long an answer may take where it has to come, in seconds.
const PATIENCE: f64 = 60.0;

/// Checks all languages at the same time.
fn with_each(check: impl Fn(&Language) + Sync) {
    thread::scope(|scope| {
        for language in [&PYTHON, &NODE].into_iter().filter(|language| language.is_there()) {
            scope.spawn(|| check(language));
        }
    });
}

#[test]
fn never_books_twice() {
    with_each(|language| Program::new(language).test());
}

#[test]
fn answers_each_of_many_questions_at_once_as_the_library_does() {
    let cases = [&**CASES; 2].concat();
    assert!(cases.len() > 1_000);
    with_each(|language| {
        let answers = Program::new(language).ask(&cases, 16, PATIENCE);
        check_all(&cases, &answers, Case::is_answered_by);
    });
}

#[test]
fn starts_a_decoder_that_was_killed_again() {
    // each one answers some questions and is killed
    let script = "stdbuf -o0 head -n 37 | \"$REAL\" decode --batch\nkill -9 $$";
    with_each(|language| {
        let answers = Program::with_decoder(language, script).ask(&CASES, 1, PATIENCE);
        check_all(&CASES, &answers, Case::is_answered_by);
    });
}

#[test]
fn mixes_up_no_answers_when_decoders_are_killed_under_way() {
    let cases = [&**CASES; 2].concat();
    for script in [
        "timeout --foreground -s KILL 0.05 \"$REAL\" decode --batch",
        "stdbuf -o0 head -n 37 | \"$REAL\" decode --batch\nkill -9 $$",
        "stdbuf -o0 head -n 37 | \"$REAL\" decode --batch | (stdbuf -o0 head -c 9999; kill -9 $$)",
    ] {
        with_each(|language| {
            let answers = Program::with_decoder(language, script).ask(&cases, 16, PATIENCE);
            check_all(&cases, &answers, |case, answer| {
                case.is_answered_by(answer) || case.is_in_doubt(answer)
            });
            let right = cases.iter().zip(&answers).filter(|(case, answer)| case.is_answered_by(answer));
            assert!(right.count() > 0, "{script}");
        });
    }
}

#[test]
fn is_in_doubt_where_there_is_no_answer() {
    let cases = &CASES[..8];
    let table = [
        ("exit 1", "it ends at once"),
        ("read line; exit 1", "it ends after the question"),
        ("read line; printf '{\"provider\":\"wix\",\"effect\":\"not_app'", "its answer is cut"),
        ("read line; printf null", "its answer may be cut"),
        ("while read line; do echo; done", "it answers with blank lines"),
        ("while read line; do echo 17; done", "it answers with something else"),
        ("while read line; do echo '{\"error\": \"no\", \"line\": 1}'; done", "it cannot read the question"),
        ("exec sleep 600", "it hangs"),
        ("read line; exec sleep 600", "it hangs after the question"),
        ("exec 0<&-; exec sleep 600", "it hangs with its input closed"),
    ];
    with_each(|language| {
        let check = |program: Program<'_>, why| {
            let answers = program.ask(cases, 4, 0.3);
            println!("{why}");
            check_all(cases, &answers, Case::is_in_doubt);
        };
        check(Program::without_decoder(language), "it is not there");
        for (script, why) in table {
            check(Program::with_decoder(language, script), why);
        }
    });
}

#[test]
fn is_in_doubt_about_a_provider_that_nobody_knows() {
    let mut cases = CASES[..3].to_vec();
    cases[1].question["provider"] = json!("nobody");
    with_each(|language| {
        let answers = Program::new(language).ask(&cases, 1, PATIENCE);
        assert!(cases[1].is_in_doubt(&answers[1]), "{}", answers[1]);
        assert!(cases[0].is_answered_by(&answers[0]) && cases[2].is_answered_by(&answers[2]));
    });
}

#[test]
fn a_forked_worker_of_python_gets_a_decoder_of_its_own() {
    let code = "
import json, os, sys
from decoder import Decoder

decoder = Decoder(60)
decoder.decode('wix', 'POST', 404, [], b'')
child = os.fork()
statuses = [404] * 500 if child else [401] * 500
answers = [decoder.decode('wix', 'POST', status, [], b'')['status'] for status in statuses]
decoder.close()
if child:
    os.waitpid(child, 0)
sys.stdout.write(json.dumps([statuses, answers]) + '\\n')
";
    let printed = Program::new(&PYTHON).run(code);
    assert_eq!(printed.len(), 2);
    for asked_and_answered in printed {
        assert_eq!(asked_and_answered[0], asked_and_answered[1]);
    }
}

#[test]
fn an_answer_that_python_no_longer_waits_for_goes_to_no_other_question() {
    let script = "[ -e once ] && exec \"$REAL\" decode --batch; touch once; read line
        kill -USR1 $PPID; sleep 0.2; echo '{\"effect\": \"not_applied\", \"status\": 1}'
        exec \"$REAL\" decode --batch";
    let code = "
import json, signal
from decoder import Decoder

decoder = Decoder(60)
signal.signal(signal.SIGUSR1, lambda *_: exit())
try:
    decoder.decode('wix', 'POST', 404, [], b'')
    print('\"it was not interrupted\"')
except SystemExit:
    print(json.dumps(decoder.decode('wix', 'POST', 401, [], b'')))
decoder.close()
";
    let printed = Program::with_decoder(&PYTHON, script).run(code);
    assert_eq!(printed[0]["status"], 401, "{printed:?}");
}
