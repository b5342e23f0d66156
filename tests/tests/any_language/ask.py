"""Asks all questions of a file, from some threads, and prints the answers in the order of the questions."""

import base64
import json
import sys
from concurrent.futures import ThreadPoolExecutor

from decoder import Decoder


def ask(question):
    body = base64.b64decode(question["body_b64"])
    parts = (question[name] for name in ["provider", "method", "status", "headers"])
    return decoder.decode(*parts, body)


threads, limit = int(sys.argv[1]), float(sys.argv[2])
with open("questions.jsonl") as file:
    questions = [json.loads(line) for line in file]
decoder = Decoder(limit)
with ThreadPoolExecutor(threads) as pool:
    for answer in pool.map(ask, questions):
        print(json.dumps(answer))
decoder.close()
