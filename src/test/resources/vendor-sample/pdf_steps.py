# The calls for PDFs, as the vendor's later API reference describes them, written like the samples of the API document.
import time
import requests

API_KEY = "YOUR_API_KEY"
BASE_URL = "https://platform.dewatermark.ai"
headers = {
    "X-API-KEY": API_KEY
}

# Step 1: get a task and a URL
response = requests.post(f"{BASE_URL}/api/pdf/v1/upload", headers=headers)
response.raise_for_status()
ticket = response.json()
task_id = ticket["task_id"]
print(f"Task: {ticket['status']}")

# Step 2: upload the PDF, without the key
with open("input.pdf", "rb") as pdf:
    response = requests.put(ticket["upload_signed_url"], data=pdf, headers={"Content-Type": "application/pdf"})
print(f"Upload: {response.status_code}")

# Step 3: submit the task
response = requests.post(f"{BASE_URL}/api/pdf/v1/tasks", headers=headers, files={"task_id": (None, task_id)})
print(f"Submit: {response.status_code}, same task: {response.json()['task_id'] == task_id}")

# Step 4: poll its status
while True:
    task = requests.get(f"{BASE_URL}/api/pdf/v1/tasks/{task_id}", headers=headers).json()
    if task["status"] != "CREATED":
        break
    time.sleep(0.2)
print(f"Status: {task['status']}")

# Download the result
with open("output.pdf", "wb") as f:
    f.write(requests.get(task["result_url"]).content)
