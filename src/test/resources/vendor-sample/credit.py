# The sample of the section "Tracking Credit Balance" of the API document.
import requests

API_KEY = "YOUR_API_KEY"
headers = {
    "X-API-KEY": API_KEY
}
response = requests.get(
    "https://platform.dewatermark.ai/api/creditInfo",
    headers=headers
)
data = response.json()
print(f"Available credit: {data['data']['available_credit']}")
