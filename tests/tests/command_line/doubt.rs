//! What `decode` reads proves no more than it shows: a call that may have gone through never counts as one that did not.

use crate::*;

/// The effect and the status of each error in an input to Wix.
fn errors(input: &str) -> Vec<(String, u64)> {
    let answer = decode(&["--provider", "wix", "--format", "json"], input);
    let value: Value =
        serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{input}: {}", answer.stderr));
    let errors = match value.as_array() {
        Some(rows) => rows.iter().map(|row| row["error"].clone()).collect(),
        None => vec![value],
    };
    errors
        .iter()
        .map(|error| {
            let effect = error["effect"].as_str().unwrap_or("-").to_owned();
            (effect, error["status"].as_u64().unwrap_or_default())
        })
        .collect()
}

#[test]
fn is_left_where_an_earlier_response_may_be_of_a_call_that_went_through() {
    let request = "> POST /bookings HTTP/1.1\n> Host: www.wixapis.com\n>\n";
    let read = "> GET /bookings/17 HTTP/1.1\n> Host: www.wixapis.com\n>\n";
    let refused = "HTTP/1.1 404 x\ncontent-length: 2\n\n{}";
    let shown = "< HTTP/1.1 404 x\n< content-length: 2\n<\n{}\n";
    let followed = "HTTP/1.1 303 x\nlocation: /a\n\n";
    let call = "POST /b HTTP/1.1\nHost: www.wixapis.com\n\n";
    let next = "GET /b/17 HTTP/1.1\nHost: www.wixapis.com\n\n";
    let table = [
        (format!("{followed}{refused}"), "unknown", 404),
        (format!("HTTP/1.1 307 x\nlocation: /a\n\n{refused}"), "not_applied", 404),
        (format!("HTTP/1.1 100 Continue\n\nHTTP/1.1 401 x\n\n{refused}"), "not_applied", 404),
        // other attempts
        (format!("HTTP/1.1 504 x\na: b\n\n{{}}{refused}"), "unknown", 404),
        (format!("HTTP/1.1 504 x\na: b\n\nslow\n{refused}"), "unknown", 404),
        ("HTTP/1.1 429 x\nretry-after: 1\n\n{}HTTP/1.1 504 x\n\n{}".to_owned(), "unknown", 504),
        (format!("HTTP/1.1 429 x\nretry-after: 1\n\n{{}}{refused}"), "not_applied", 404),
        (format!("{request}< HTTP/1.1 504 x\n<\n{{}}\n{request}{shown}"), "unknown", 404),
        (format!("{request}< HTTP/1.1 303 x\n<\n{read}{shown}"), "unknown", 404),
        ("HTTP/1.1 429 x\nretry-after: 1\n\n{}HTTP/1.1 504 x\nconte".to_owned(), "unknown", 504),
        ("HTTP/1.1 429 x\ncontent-length: 0\n\nHTTP/1.1 504 x\n\n{}".to_owned(), "unknown", 504),
        (format!("HTTP/1.1 429 x\n\n{refused}"), "unknown", 429),
        (format!("{request}{shown}"), "not_applied", 404),
        (format!("{call}{followed}\n\n{next}{refused}"), "unknown", 404),
        (format!("{call}{refused}"), "not_applied", 404),
    ];
    for (input, effect, status) in table {
        assert_eq!(errors(&input), [(effect.to_owned(), status)], "{input}");
    }
}

#[test]
fn is_left_where_nothing_but_a_tunnel_or_an_interim_response_is_there() {
    let tunnel = "HTTP/1.1 200 Connection established\n\n";
    let inputs = [
        tunnel.to_owned(),
        format!("{tunnel}HTTP/1.1 100 Continue\n\n"),
        "> CONNECT www.wixapis.com:443 HTTP/1.1\n>\n< HTTP/1.1 200 Connection established\n<\n* TLS failed\n"
            .to_owned(),
    ];
    for input in inputs {
        assert_eq!(errors(&input), [("unknown".to_owned(), 0)], "{input}");
    }
    let read = "> CONNECT a:443 HTTP/1.1\n>\n< HTTP/1.1 200 Connection established\n<\n> GET /b HTTP/1.1\n>\n< HTTP/2 504\n<\n{}\n";
    assert_eq!(errors(read), [("not_applied".to_owned(), 504)], "the tunnel is no write");
}

#[test]
fn is_left_where_the_body_is_not_whole() {
    let inputs = [
        "HTTP/1.1 200 x\n\n{\"booking\":{}}curl: (18) transfer closed with outstanding read data remaining\n",
        "HTTP/1.1 404 x\n\ncurl: (56) Recv failure: Connection reset by peer\n",
        "HTTP/1.1 200 x\nx-wix-request-id: 17",
        "curl: (18) transfer closed with 76 bytes remaining to read\nHTTP/1.1 200 x\n\n{\"booking\":{}}",
        "  % Total    % Received\n            Dload  Upload\n\r100 76 0 --:--:-- --:--:--\ncurl: (18) transfer closed\nHTTP/1.1 200 x\n\n{}",
        "curl: (56) Recv failure: Connection reset by peer\nHTTP/1.1 404 x\n\n{}",
        "$ curl -i wix\nHTTP/1.1 200 x\ncontent-length: 90\n\n",
        "HTTP/1.1 404 x\ncontent-length: 900\n\n{\"message\":\"n",
        "> POST /b HTTP/1.1\n>\n< HTTP/1.1 200 x\n< content-type: application/json\n<\n",
        "HTTP/1.1 404 x\ncontent-encoding: gzip\n\n\u{1f}\u{fffd}\u{8}\u{0}",
        "wix POST /b status=404 body={\"message\":\"late\",\"details\":{\"applicationError\":{\"code\":\"SLOT_NOT_AVA",
        "wix POST /b status=404 body={\"message\":\"late\",\"details\":{\"applicationErr...",
    ];
    for input in inputs {
        assert_eq!(errors(input)[0].0, "unknown", "{input}");
    }
    for told in ["HTTP/1.1 404 x\n\n{\"message\":\"n", "HTTP/1.1 404 x\ncontent-type: application/json\n\n"] {
        assert_eq!(errors(told), [("not_applied".to_owned(), 404)], "as the library says: {told}");
    }
    let failed = "HTTP/1.1 404 x\n\n{\"message\":\"no\"}curl: (22) The requested URL returned error: 404\n";
    assert_eq!(errors(failed), [("not_applied".to_owned(), 404)], "what `--fail` says");
}

#[test]
fn is_left_where_powershell_shows_several_responses_or_none() {
    let list =
        |status: u16| format!("StatusCode        : {status}\nContent           : {{\"message\":\"no\"}}\n\n");
    let error = format!("Invoke-RestMethod: {WIX}\n");
    let late = "Invoke-RestMethod: Response status code does not indicate success: 504 (Gateway Timeout).\n";
    let timeout = "Invoke-RestMethod: The request was canceled due to the configured HttpClient.Timeout of 1 seconds elapsing.\n";
    let table = [
        (format!("{}{}", list(404), list(504)), 504),
        (format!("{}{}", list(504), list(404)), 404),
        (format!("{error}{late}"), 504),
        (timeout.to_owned(), 0),
        ("StatusCode        : 200\nStatusDescription : OK\n".to_owned(), 200),
        ("StatusCode        : 404\nContent           : {\"message\":\"n...\n".to_owned(), 404),
    ];
    for (input, status) in table {
        assert_eq!(errors(&input), [("unknown".to_owned(), status)], "{input}");
    }
    assert_eq!(errors(&list(404)), [("not_applied".to_owned(), 404)]);
}

#[test]
fn is_left_where_postman_or_newman_keep_no_body() {
    let request = json!({"method": "POST", "url": {"protocol": "https", "host": ["www", "wixapis", "com"], "path": ["b"]}});
    let info = json!({"_postman_id": "17"});
    let saved =
        |example: Value| json!({"info": info, "item": [{"name": "a", "response": [example]}]}).to_string();
    let report = |response: Value| {
        let execution = json!({"item": {"name": "a"}, "request": request, "response": response});
        json!({"collection": {"info": info, "item": []}, "run": {"executions": [execution]}}).to_string()
    };
    let bytes = |text: &str| json!({"type": "Buffer", "data": text.as_bytes()});
    let table = [
        (saved(json!({"originalRequest": request, "code": 200, "body": null})), "unknown", 200),
        (saved(json!({"originalRequest": request, "code": 404, "body": null})), "unknown", 404),
        (saved(json!({"originalRequest": request, "code": 404, "body": "{}"})), "not_applied", 404),
        (report(json!({"code": 504, "header": [], "stream": bytes("{}")})), "unknown", 504),
        (report(json!({"code": 404, "header": [], "stream": bytes("{}")})), "not_applied", 404),
        (report(Value::Null), "unknown", 0),
    ];
    for (input, effect, status) in table {
        assert_eq!(errors(&input), [(effect.to_owned(), status)], "{input}");
    }
    let whole = saved(json!({"originalRequest": request, "code": 404, "body": "{}"}));
    let cut = decode(&["--format", "json"], &whole[..whole.len() - 3]);
    assert!(cut.status == Some(1) && cut.stderr.contains("broken"), "{}", cut.stderr);
    assert!(cut.stdout.contains("unknown"), "{}", cut.stdout);
}

#[test]
fn is_left_where_a_har_file_has_no_body() {
    let har = |response: Value| {
        let request = json!({"method": "POST", "url": "https://www.wixapis.com/b"});
        json!({"log": {"entries": [{"request": request, "response": response}]}}).to_string()
    };
    let whole = json!({"text": "{\"booking\":{}}"});
    let responses = [
        json!({"status": 200, "content": {"size": -1}}),
        json!({"status": 200}),
        json!({"status": 404, "content": {"size": -1}}),
        json!({"status": 200, "content": {"size": 30, "text": ""}}),
        json!({"status": 200, "content": whole, "_error": "net::ERR_INCOMPLETE_CHUNKED_ENCODING"}),
    ];
    for response in responses {
        let input = har(response);
        assert_eq!(errors(&input)[0].0, "unknown", "{input}");
    }
    for response in [
        json!({"status": 200, "content": {"size": 0}}),
        json!({"status": 204}),
        json!({"status": 200, "content": whole}),
    ] {
        assert_eq!(errors(&har(response)), []);
    }
}

#[test]
fn is_left_where_a_log_may_mean_another_call() {
    let body = "{\"message\":\"no\"}";
    let coded = "{\"message\":\"gone\",\"details\":{\"applicationError\":{\"code\":\"SLOT_NOT_AVAILABLE\"}}}";
    let url = "https://www.wixapis.com/b";
    let table = [
        // a status of something else
        (format!("wix POST /b job_status=404 body={body}"), "unknown", 0),
        (format!("wix POST /b last_status=504 status=404 body={body}"), "unknown", 0),
        (format!("wix POST /b upstream_status=404 body={body}"), "not_applied", 404),
        (format!("wix POST /b err.response.status=404 body={body}"), "not_applied", 404),
        (json!({"status": 404, "path": "/checkout", "provider": "wix", "error": {"message": "no"}}).to_string(), "unknown", 0),
        // the method of the call that the service serves
        (format!("GET /checkout 504 {url} status=504 body={body}"), "unknown", 504),
        (format!("method=GET path=/checkout url={url} status=504 body={body}"), "unknown", 504),
        (json!({"method": "GET", "url": "/checkout", "provider": "wix", "status": 504, "body": body}).to_string(), "unknown", 504),
        (json!({"method": "GET", "path": "/checkout", "provider": "wix", "status": 504, "body": body}).to_string(), "unknown", 504),
        (format!("GET {url} status=504 body={body}"), "not_applied", 504),
        (format!("method=GET url={url} status=504 body={body}"), "not_applied", 504),
        (json!({"config": {"method": "get", "url": "/b", "baseURL": "https://www.wixapis.com"}, "status": 504, "headers": {}, "data": {"message": "no"}}).to_string(), "not_applied", 504),
        // another attempt
        (format!("wix attempt=1 status=429 body={body} attempt=2 body={{\"message\":\"late\"}}"), "unknown", 429),
        (format!("wix attempt=1 body={coded} attempt=2 status=504 body={body}"), "unknown", 504),
    ];
    for (line, effect, status) in table {
        assert_eq!(errors(&line), [(effect.to_owned(), status)], "{line}");
    }
}
