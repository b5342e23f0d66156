use std::future::ready;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::{AsProviderError, Attempts, GaveUp, Next};

impl Attempts {
    /// Makes the call, as often as it takes and is safe, and returns what was made.
    ///
    /// - `call` sends the call once.
    /// - `look_up` returns what the call made, if it was carried out; `None` if it is not there. It is asked while the call
    ///   is in doubt, never for reads. Return `None` only if the answer says so: read a typed list, not an `Option<Value>`,
    ///   which takes any JSON for the booking and an empty body for none. If the provider answers 404 for a booking that
    ///   does not exist, return `Ok(None)` for it. Its error has the same type as that of `call`.
    /// - `sleep` waits, such as `tokio::time::sleep`.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use booking_errors::{Attempts, CallError};
    /// # async fn sleep(_: Duration) {}
    /// # async fn create() -> Result<String, CallError> { Ok("booked".into()) }
    /// # async fn find() -> Result<Option<String>, CallError> { Ok(None) }
    /// # async fn book() -> Result<String, Box<dyn std::error::Error>> {
    ///
    /// let booking = Attempts::of_write().run(create, find, sleep).await?;
    /// # Ok(booking)
    /// # }
    /// ```
    ///
    /// # How long it takes
    ///
    /// If nothing fails, as long as the call. If an answer is lost and the booking is not there, the settling time passes
    /// before the call is sent again, each time. Whoever waits may be gone by then, and a future that is dropped half-way
    /// leaves a call of which nobody knows what became. So in a handler of a web server let it run in a task of its own:
    /// `tokio::spawn(..).await`.
    ///
    /// # Errors
    /// Returns the last error of `call` if the call is given up. Its [effect](crate::ProviderError::effect) says what the
    /// call did, as all attempts and look-ups show:
    ///
    /// | effect | |
    /// | --- | --- |
    /// | `NotApplied` | nothing was booked |
    /// | `Applied`, `Partial` | it was booked, or a part of it: what failed is the rest, such as the coupon |
    /// | `Unknown` | it may have been booked: [`is_in_doubt`](GaveUp::is_in_doubt) |
    pub async fn run<T, E: AsProviderError, Called, LookedUp, Slept>(
        mut self,
        mut call: impl FnMut() -> Called,
        mut look_up: impl FnMut() -> LookedUp,
        mut sleep: impl FnMut(Duration) -> Slept,
    ) -> Result<T, GaveUp<E>>
    where
        Called: Future<Output = Result<T, E>>,
        LookedUp: Future<Output = Result<Option<T>, E>>,
        Slept: Future<Output = ()>,
    {
        loop {
            let last = match call().await {
                Ok(made) => return Ok(made),
                Err(error) => error,
            };
            let mut next = self.after(last.as_provider_error());
            let mut failed_look_up = None;
            while let Next::LookUp(wait) = next {
                sleep(wait).await;
                next = match look_up().await {
                    Ok(Some(made)) => return Ok(made),
                    Ok(None) => self.not_found(),
                    Err(error) => {
                        let next = self.look_up_failed(error.as_provider_error());
                        failed_look_up = Some(error);
                        next
                    }
                };
            }
            let Next::SendAgain(wait) = next else {
                return Err(GaveUp::new(&self, last).with_failed_look_up(failed_look_up));
            };
            sleep(wait).await;
        }
    }

    /// Makes the call as [`run`](Self::run) does, with a client that blocks. `sleep` is `std::thread::sleep`.
    ///
    /// # Errors
    /// Returns the errors of [`run`](Self::run).
    pub fn run_blocking<T, E: AsProviderError>(
        self,
        mut call: impl FnMut() -> Result<T, E>,
        mut look_up: impl FnMut() -> Result<Option<T>, E>,
        mut sleep: impl FnMut(Duration),
    ) -> Result<T, GaveUp<E>> {
        let sleep = |wait| {
            sleep(wait);
            ready(())
        };
        let result = self.run(|| ready(call()), || ready(look_up()), sleep);
        match pin!(result).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => unreachable!("each future that it waits for is ready"),
        }
    }
}
