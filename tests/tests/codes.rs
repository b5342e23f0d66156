//! Codes of a provider's own, by the macro that the providers of the workspace use; and the texts of all codes.

use booking_errors::{CodeInfo, Effect, Kind, codes, providers};

codes! {
    /// The codes of a provider.
    pub enum Code of "acme" {
        "errors page" {
            /// The room is taken.
            ///
            /// Offer another room.
            RoomTaken = "room-taken", SlotUnavailable, statuses: [409, 422],
                template: "Room `<roomId>` is taken.", methods: ["book", "move"], successors: ["SOLD_OUT"];
            /// The coupon is "used up".
            ///
            /// Book without it.
            CouponUsed = "coupon-used", CouponRejected, is_soft: true;
        }
        "seen on live systems" {
            /// Some rooms were booked, some were not.
            ///
            /// Read what was booked.
            Partly = "partly", ProviderFault, is_generic: true, effect: Partial;
        }
        "client library" of "Invoices" {
            /// The invoice is paid.
            ///
            /// Send a receipt.
            InvoicePaid = "invoice-paid", InvalidState;
            /// There is no such invoice.
            ///
            /// Look for the booking's invoices.
            NoInvoice = "no-invoice", NotFound;
        }
        "support" {
            /// The guest is barred.
            ///
            /// Ask the owner.
            GuestBarred = "guest-barred", PermissionDenied;
        }
    }
}

mod other {
    booking_errors::codes! {
        /// One code is enough, and the enum may be private.
        enum Single of "other" {
            "docs" {
                /// It is closed.
                ///
                /// Come back tomorrow.
                Closed = "closed", Disabled;
            }
        }
    }

    #[test]
    fn a_table_of_one_code_is_found() {
        assert_eq!(Single::known("closed"), Some(Single::Closed));
        assert_eq!(Single::known("open"), None);
        assert_eq!(Single::ALL.len(), Single::infos().len());
        assert_eq!(Single::Closed.as_str(), "closed");
        assert_eq!((Single::Closed.kind(), Single::Closed.info().source), (crate::Kind::Disabled, "docs"));
    }
}

#[test]
fn a_row_says_everything_about_its_code() {
    let info = Code::RoomTaken.info();
    assert_eq!((info.code, info.kind, info.statuses), ("room-taken", Kind::SlotUnavailable, &[409, 422][..]));
    assert_eq!((info.meaning, info.remedy), ("The room is taken.", "Offer another room."));
    assert_eq!((info.methods, info.successors), (&["book", "move"][..], &["SOLD_OUT"][..]));
    assert_eq!((info.template, info.source), (Some("Room `<roomId>` is taken."), "errors page"));
    assert_eq!((info.is_soft, info.is_generic, info.effect), (false, false, None));

    assert!(Code::CouponUsed.info().is_soft);
    assert_eq!(Code::CouponUsed.info().meaning, "The coupon is \"used up\".");
    let info = Code::Partly.info();
    assert_eq!(
        (info.is_generic, info.effect, info.source),
        (true, Some(Effect::Partial), "seen on live systems")
    );
}

#[test]
fn a_group_may_name_the_api_of_its_codes() {
    let apis: Vec<_> = Code::infos().iter().map(|info| (info.code, info.source, info.api)).collect();
    assert_eq!(
        apis,
        [
            ("room-taken", "errors page", None),
            ("coupon-used", "errors page", None),
            ("partly", "seen on live systems", None),
            ("invoice-paid", "client library", Some("Invoices")),
            ("no-invoice", "client library", Some("Invoices")),
            ("guest-barred", "support", None),
        ]
    );
    let info = |code: Code| serde_json::to_value(code.info()).unwrap();
    assert_eq!(info(Code::NoInvoice)["api"], "Invoices");
    assert!(info(Code::GuestBarred).get("api").is_none());
}

#[test]
fn codes_are_found_by_their_exact_spelling() {
    for code in Code::ALL {
        assert_eq!(Code::known(code.as_str()), Some(*code));
        assert_eq!(code.as_str().parse(), Ok(*code));
        assert_eq!(code.to_string(), code.info().code);
    }
    for unknown in ["", "partl", "Partly", "partly ", "room-takem", &"x".repeat(1_000)] {
        assert_eq!(Code::known(unknown), None, "{unknown}");
        assert_eq!(unknown.parse::<Code>().unwrap_err().code(), unknown);
    }
    let error = "x\u{1b}".parse::<Code>().unwrap_err();
    assert_eq!(error.to_string(), r"unknown acme code `x\u{1b}`");
}

/// What `docs/footprint.md` says of a code.
#[test]
fn the_texts_of_a_code_have_at_most_200_bytes() {
    for info in all() {
        let bytes = info.meaning.len() + info.remedy.len();
        assert!(bytes <= 200, "{}: {bytes} bytes", info.code);
    }
}

/// A call that failed like this may have been carried out.
#[test]
fn a_remedy_of_an_unknown_effect_says_to_look_first() {
    let looks = ["look", "read", "check", "find out"];
    let is_read = ["ask for the price again"];
    for info in all().filter(|info| is_fault(info) && info.effect != Some(Effect::NotApplied)) {
        let remedy = info.remedy.to_lowercase();
        let is_careful = looks.iter().chain(&is_read).any(|words| remedy.contains(words));
        assert!(is_careful, "{}: {}", info.code, info.remedy);
    }
}

/// A call that was refused made no booking.
#[test]
fn a_remedy_of_a_refusal_does_not_send_one_to_look_for_a_booking() {
    let doubts = ["whether the booking", "whether the reservation", "for a reservation", "carried out"];
    // its issues reject, not the code
    let refusals =
        all().filter(|info| !is_fault(info) && !info.is_soft && info.code != "CREATE_RESERVATION_ERROR");
    for info in refusals {
        assert!(!doubts.iter().any(|words| info.remedy.contains(words)), "{}: {}", info.code, info.remedy);
    }
}

fn all() -> impl Iterator<Item = &'static CodeInfo> {
    providers().iter().flat_map(|provider| provider.codes())
}

fn is_fault(info: &CodeInfo) -> bool {
    matches!(info.kind, Kind::ProviderFault | Kind::Unavailable)
}
