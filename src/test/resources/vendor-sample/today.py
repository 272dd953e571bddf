# The calls of today, as the vendor's later API reference describes them, written like the samples of the API document.
import base64
import requests

API_KEY = "YOUR_API_KEY"
headers = {
    "X-API-KEY": API_KEY
}

# Version 3 of the erase call
with open("input.jpeg", "rb") as image_file:
    response = requests.post(
        "https://platform.dewatermark.ai/api/object_removal/v3/erase_watermark",
        headers=headers,
        files={"original_preview_image": ("original_preview_image.jpeg", image_file)},
        data={"predict_mode": "4.0"}
    )
result = response.json()
with open("output_v3.jpg", "wb") as f:
    f.write(base64.b64decode(result["edited_image"]["image"]))
print(f"v3: {response.status_code}, mask: {'mask' in result['edited_image']}")

# The PRO model
with open("input.jpeg", "rb") as image_file:
    response = requests.post(
        "https://platform.dewatermark.ai/api/object_removal/v1/erase_watermark_pro",
        headers=headers,
        files={"original_preview_image": ("original_preview_image.jpeg", image_file)}
    )
result = response.json()
with open("output_pro.jpg", "wb") as f:
    f.write(base64.b64decode(result["edited_image"]["image"]))
print(f"PRO: {response.status_code}, mask: {'mask' in result['edited_image']}, session: {'session_id' in result}")
