//! `find` and `find_in`: the provider's error in any chain.

use std::error::Error;
use std::fmt::Debug;
use std::io;
use std::sync::Arc;

use anyhow::Context as _;
use booking_errors::{
    Attempts, CallError, Effect, Envelope, FromResponse, GaveUp, Kind, Provider, ProviderError, RawResponse,
    TransportError, find, find_in, fluentbooking, guesty, providers, wix,
};

const TAKEN: &[u8] = br#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;

fn taken() -> wix::Error {
    wix::Error::from_response(&RawResponse::new(428, TAKEN))
}

fn busy<E: FromResponse>() -> E {
    E::from_response(&RawResponse::new(429, b""))
}

fn boxed() -> Box<dyn ProviderError> {
    taken().into()
}

fn at_run_time() -> CallError {
    CallError::Provider(boxed())
}

fn typed() -> CallError<wix::Error> {
    CallError::Provider(taken())
}

fn gave_up<E: ProviderError>(last: E) -> GaveUp<E> {
    GaveUp::new(&Attempts::of_write(), last)
}

/// An error of a service that names its cause.
#[derive(Debug, thiserror::Error)]
#[error("cannot book")]
struct CannotBook<E: Error + 'static>(#[source] E);

/// Errors of a service that `?` makes.
#[derive(Debug, thiserror::Error)]
enum ServiceError {
    #[error("the database")]
    Database(#[from] io::Error),
    #[error("the provider")]
    Provider(#[from] CallError),
    #[error("Wix")]
    Wix(#[from] CallError<wix::Error>),
    #[error("some provider")]
    Boxed(#[from] Box<dyn ProviderError>),
}

/// Checks that `wix::Error` is found in this error, and in others that hold it.
fn assert_found<E: Error + Send + Sync + 'static>(error: E) {
    fn check(error: &(dyn Error + 'static)) {
        let found = find(error).unwrap_or_else(|| panic!("not found in {error:?}"));
        let code = found.downcast_ref().and_then(wix::Error::known_code);
        assert_eq!(code, Some(wix::Code::SlotNotAvailable), "{error:?}");
    }
    check(&error);
    let error = CannotBook(error);
    check(&error);
    let error = CannotBook(io::Error::other(error));
    check(&error);
    let error = anyhow::Error::new(error).context("in the cart").context("at the till");
    check(&*error);
    let error: Box<dyn Error + Send + Sync> = error.into();
    check(&*error);
}

#[test]
fn it_is_found_by_itself_and_in_every_holder() {
    assert_found(taken());
    assert_found(boxed());
    assert_found(Box::new(taken()));
    assert_found(Arc::new(taken()));
    assert_found::<Arc<dyn ProviderError>>(Arc::new(taken()));
    assert_found(typed());
    assert_found(at_run_time());
    assert_found(Box::new(at_run_time()));
    assert_found(Arc::new(typed()));
    assert_found(gave_up(taken()));
    assert_found(gave_up(typed()));
    assert_found(gave_up(at_run_time()));
    assert_found(GaveUp::new(&Attempts::of_write(), boxed()));
    assert_found(Box::new(gave_up(typed())));
    assert_found(Box::<dyn ProviderError>::from(typed()));
    assert_found(io::Error::other(taken()));
    assert_found(io::Error::other(boxed()));
    assert_found(io::Error::other(io::Error::other(at_run_time())));
    assert_found::<Arc<dyn Error + Send + Sync>>(Arc::new(typed()));
    assert_found::<Arc<dyn Error + Send + Sync>>(Arc::new(CannotBook(boxed())));
    assert_found(Box::<dyn ProviderError>::from(gave_up(at_run_time())));
}

#[test]
fn a_question_mark_keeps_it() {
    fn of<E>(error: E) -> Result<(), ServiceError>
    where
        ServiceError: From<E>,
    {
        Err(error)?
    }
    assert_found(of(boxed()).unwrap_err());
    assert_found(of(typed()).unwrap_err());
    assert_found(of(at_run_time()).unwrap_err());
    assert!(find(&of(io::Error::other("full")).unwrap_err()).is_none());

    fn with_context() -> anyhow::Result<()> {
        Err(typed()).context("in the cart")
    }
    let error = with_context().unwrap_err();
    assert_eq!(find(&*error).unwrap().kind(), Kind::SlotUnavailable);
    // anyhow finds only the type that went in
    assert!(error.downcast_ref::<CallError<wix::Error>>().is_some());
    assert!(error.downcast_ref::<wix::Error>().is_none());
}

#[test]
fn errors_of_each_provider_are_found_as_their_own_type() {
    let error = CannotBook(busy::<guesty::Error>());
    assert!(find(&error).unwrap().is::<guesty::Error>());
    let error = CannotBook(gave_up(CallError::Provider(busy::<fluentbooking::Error>())));
    assert!(find(&error).unwrap().is::<fluentbooking::Error>());
}

#[test]
fn what_no_provider_sent_is_found_too() {
    let transport = || TransportError::timed_out("wix");
    let envelope = || Envelope::new("acme", 429);
    let erased: CallError = transport().into();
    let typed: CallError<guesty::Error> = transport().into();
    let mut attempts = Attempts::of_write();
    let _ = attempts.after(&transport());
    let errors: [Box<dyn Error>; 5] = [
        transport().into(),
        erased.into(),
        typed.into(),
        Box::new(Box::<dyn ProviderError>::from(transport())),
        Box::new(GaveUp::new(&attempts, transport())),
    ];
    for error in errors {
        assert!(find(&*error).unwrap().is::<TransportError>(), "{error:?}");
    }
    for error in [Box::<dyn Error>::from(envelope()), Box::new(Box::<dyn ProviderError>::from(envelope()))] {
        assert_eq!(find(&*error).unwrap().downcast_ref(), Some(&envelope()));
    }
}

#[test]
fn a_call_in_doubt_is_found_itself_and_not_its_last_error() {
    let mut attempts = Attempts::of_write_with_key();
    let _ = attempts.after(&TransportError::timed_out("wix"));
    let _ = attempts.after(&taken());
    let error = CannotBook(GaveUp::new(&attempts, at_run_time()));
    let found = find(&error).unwrap();
    assert_eq!((found.kind(), found.effect()), (Kind::SlotUnavailable, Effect::Unknown));
    assert!(found.find_ref::<wix::Error>().is_some(), "the last error is inside it");
}

#[test]
fn the_outermost_one_counts() {
    #[derive(Debug, thiserror::Error)]
    #[error("{envelope}")]
    struct Outer {
        envelope: Envelope,
        source: wix::Error,
    }
    impl ProviderError for Outer {
        fn envelope(&self) -> &Envelope {
            &self.envelope
        }
    }
    // an error of a type that nobody names is passed over
    let outer = || Outer { envelope: Envelope::new("outer", 500), source: taken() };
    assert_eq!(find(&outer()).unwrap().provider(), "wix");
    let boxed: Box<dyn ProviderError> = outer().into();
    assert_eq!(find(&boxed).unwrap().provider(), "outer");
}

#[test]
fn an_error_that_hides_its_cause_hides_it_here_too() {
    #[derive(Debug, thiserror::Error)]
    #[error(transparent)]
    struct Transparent(#[from] wix::Error);
    assert!(find(&Transparent(taken())).is_none());
}

#[test]
fn nothing_is_found_where_nothing_is() {
    let nothing: [Box<dyn Error>; 3] = [
        "text".into(),
        CannotBook(io::Error::other("full")).into(),
        anyhow::anyhow!("text").context("more").into(),
    ];
    for error in nothing {
        assert!(find(&*error).is_none(), "{error:?}");
    }
}

/// A provider that is not compiled in.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct AcmeError(Envelope);

static ACME: Provider = Provider::new::<AcmeError>("acme", "Acme", "https://acme.example", &[]);

impl ProviderError for AcmeError {
    fn envelope(&self) -> &Envelope {
        &self.0
    }
}

impl FromResponse for AcmeError {
    const PROVIDER: &'static Provider = &ACME;

    fn from_response(response: &RawResponse<'_>) -> Self {
        Self(Envelope::new("acme", response.status()))
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        if response.is_success() { Ok(()) } else { Err(Self::from_response(response)) }
    }
}

#[test]
fn a_provider_that_is_handed_in_is_found() {
    let in_acme =
        |error: &(dyn Error + 'static)| find_in(&[&ACME], error).is_some_and(|error| error.is::<AcmeError>());
    let acme = busy::<AcmeError>;
    let holders: [Box<dyn Error + Send + Sync>; 5] = [
        acme().into(),
        CannotBook(acme()).into(),
        Box::new(Arc::new(acme())),
        CallError::Provider(acme()).into(),
        gave_up(CallError::Provider(acme())).into(),
    ];
    for error in holders {
        assert!(in_acme(&*error), "{error:?}");
        assert!(find(&*error).is_none(), "only if it is handed in: {error:?}");
        let all = [providers(), &[&ACME]].concat();
        assert!(find_in(&all, &*error).is_some(), "{error:?}");
    }
    // what is erased needs no list
    let erased: Box<dyn ProviderError> = acme().into();
    assert!(in_acme(&erased) && find(&erased).is_some());
    assert!(find(&CallError::Provider(erased)).is_some());
}
