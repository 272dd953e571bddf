"""The sample of the section "Remove Watermark" of the vendor's API document, called by N threads.

erase_watermark is the sample's, without refinements, and with the address of the benchmark's server. What follows it is
the benchmark's: it takes lines "picture concurrency count" and answers each with a line of JSON.
"""
import base64
import hashlib
import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import requests


def erase_watermark(original_preview_image, remove_text="true"):
    API_KEY = "YOUR_API_KEY"
    erase_url = sys.argv[1] + "/api/object_removal/v2/erase_watermark"
    headers = {
        "X-API-KEY": API_KEY
    }
    erase_files = {}
    image_file = open(original_preview_image, "rb")
    erase_files["original_preview_image"] = ("original_preview_image.jpeg", image_file)
    erase_files["remove_text"] = (None, remove_text)
    data = {"predict_mode": "3.0"}
    erase_response = requests.post(erase_url, headers=headers, files=erase_files, data=data)
    response_data = erase_response.json()
    return {
        "session_id": response_data["session_id"],
        "image_base64": response_data["edited_image"]["image"],
        "mask_base": response_data["edited_image"]["mask"]
    }


def clean(picture, output):
    auto_result = erase_watermark(picture)
    image_data = base64.b64decode(auto_result["image_base64"])
    with open(output, "wb") as f:
        f.write(image_data)
    return output, len(image_data)


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def run(picture, concurrency, count):
    outputs = [os.path.join(sys.argv[2], "python-%d.jpg" % i) for i in range(count)]
    with ThreadPoolExecutor(concurrency) as threads:
        cpu_before = cpu()
        before = time.monotonic_ns()
        results = list(threads.map(lambda output: clean(picture, output), outputs))
        nanos = time.monotonic_ns() - before
        cpu_used = cpu() - cpu_before
    with open(results[-1][0], "rb") as f:
        sha256 = hashlib.sha256(f.read()).hexdigest()
    for output, _ in results:
        os.remove(output)
    return {"pictures": count, "nanos": nanos, "cpuNanos": int(cpu_used * 1e9), "allocated": None,
            "bytes": sum(length for _, length in results), "sha256": sha256, "exif": False}


for line in sys.stdin:
    words = line.rstrip("\n").rsplit(" ", 2)
    print("RESULT " + json.dumps(run(words[0], int(words[1]), int(words[2]))), flush=True)
