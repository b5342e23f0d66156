//! The example `booking_service` in the scenarios, through its own handler.

#[path = "../../../crates/booking-errors/examples/booking_service/service.rs"]
mod service;

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use booking_errors::reqwest::client_builder;
use booking_errors::{Problem, Provider};
use booking_errors_sandbox::{Outcome, Scenarios};

use crate::with_each;

/// No shorter than the `Retry-After` of the sandbox. A settling time of a minute passes in fewer than 20 such waits, and a late
/// booking has landed long before.
const LONGEST_WAIT: Duration = Duration::from_millis(1100);

#[tokio::test]
async fn the_example_passes_with_every_provider() {
    with_each(async |provider| {
        let report = Scenarios::new().run(async |url| book(provider, url).await).await.unwrap();
        report.assert_right();
        // it says "perhaps" to nobody, and gives up only where no booking can be made
        let failed = report.trials().iter().filter(|trial| trial.outcome() != Some(Outcome::Booked));
        let failed: Vec<_> = failed.map(|trial| (trial.scenario(), trial.outcome())).collect();
        let not_booked = Some(Outcome::NotBooked);
        let expected = ["taken", "429, 429, 429, 429, 429, 429", "challenge page"];
        assert_eq!(failed, expected.map(|scenario| (scenario, not_booked)), "{}", provider.name());
    })
    .await;
}

async fn book(provider: &'static Provider, providers: String) -> Outcome {
    let service = service::Service {
        client: client_builder().no_proxy().timeout(Duration::from_secs(3)).build().unwrap(),
        providers,
        sleep: Arc::new(|wait| Box::pin(tokio::time::sleep(wait.min(LONGEST_WAIT)))),
    };
    let wish = service::Wish {
        provider: provider.name().to_owned(),
        slot: service::SLOTS[0].to_owned(),
        email: "guest@example.com".to_owned(),
        coupon: None,
        reference: "17".to_owned(),
    };
    match service::book(State(service), Json(wish)).await {
        Ok(_) => Outcome::Booked,
        Err(problem) if is_in_doubt(&problem) => Outcome::InDoubt,
        Err(_) => Outcome::NotBooked,
    }
}

/// Returns whether the guest reads that there may be a booking.
fn is_in_doubt(problem: &Problem) -> bool {
    let problem = serde_json::to_value(problem).unwrap();
    problem["detail"].as_str().unwrap().contains("may have gone through")
}
