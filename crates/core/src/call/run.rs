use std::time::Duration;

use crate::{AsProviderError, Attempts, GaveUp, Next};

impl Attempts {
    /// Makes the call, as often as it takes and is safe, and returns what was made.
    ///
    /// - `call` sends the call once.
    /// - `look_up` returns what the call made, if it was carried out; `None` if it is not there. It is asked while the call
    ///   is in doubt, never for reads. It may return the same error as the call.
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
    /// If the future is dropped while a call is under way, nobody knows what became of it.
    ///
    /// # Errors
    /// Returns the last error of `call` if the call is given up.
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
            while let Next::LookUp(wait) = next {
                sleep(wait).await;
                next = match look_up().await {
                    Ok(Some(made)) => return Ok(made),
                    Ok(None) => self.not_found(),
                    Err(error) => self.look_up_failed(error.as_provider_error()),
                };
            }
            let Next::SendAgain(wait) = next else { return Err(GaveUp::new(&self, last)) };
            sleep(wait).await;
        }
    }

    /// Makes the call as [`run`](Self::run) does, with a client that blocks. `sleep` is `std::thread::sleep`.
    ///
    /// # Errors
    /// Returns the last error of `call` if the call is given up.
    pub fn run_blocking<T, E: AsProviderError>(
        mut self,
        mut call: impl FnMut() -> Result<T, E>,
        mut look_up: impl FnMut() -> Result<Option<T>, E>,
        mut sleep: impl FnMut(Duration),
    ) -> Result<T, GaveUp<E>> {
        loop {
            let last = match call() {
                Ok(made) => return Ok(made),
                Err(error) => error,
            };
            let mut next = self.after(last.as_provider_error());
            while let Next::LookUp(wait) = next {
                sleep(wait);
                next = match look_up() {
                    Ok(Some(made)) => return Ok(made),
                    Ok(None) => self.not_found(),
                    Err(error) => self.look_up_failed(error.as_provider_error()),
                };
            }
            let Next::SendAgain(wait) = next else { return Err(GaveUp::new(&self, last)) };
            sleep(wait);
        }
    }
}
