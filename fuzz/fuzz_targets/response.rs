#![no_main]

booking_errors_fuzz::target!(booking_errors_fuzz::decode::ask);
