# The samples of the sections "Step 1" to "Step 4" of the API document, one after the other.
import requests

API_KEY = "YOUR_API_KEY"
headers = {
    "X-API-KEY": API_KEY,
    "Content-Type": "multipart/form-data"
}

# Generate upload URL
upload_url = "https://platform.dewatermark.ai/api/video/v1/upload"
response = requests.post(upload_url, headers=headers)
data = response.json()
task_id = data["task_id"]
upload_signed_url = data["upload_signed_url"]
file_path = data["file_path"]
print(f"Task ID: {task_id}")
print(f"Upload URL: {upload_signed_url}")

import requests

# Use the upload_signed_url from Step 1
video_file_path = "path/to/your/video.mp4"
with open(video_file_path, 'rb') as video_file:
    headers = {
        "Content-Type": "application/octet-stream"
    }
    upload_response = requests.put(
        upload_signed_url,
        data=video_file,
        headers=headers
    )
if upload_response.status_code == 200:
    print("Video uploaded successfully")
else:
    print(f"Upload failed with status code: {upload_response.status_code}")

import requests

API_KEY = "YOUR_API_KEY"
submit_url = "https://platform.dewatermark.ai/api/video/v1/tasks"
headers = {
    "X-API-KEY": API_KEY,
    "Content-Type": "multipart/form-data"
}
data = {
    "task_id": task_id # From Step 1
}
response = requests.post(submit_url, headers=headers, data=data)
result = response.json()
print(f"Task submitted: {result}")

import requests
import time

API_KEY = "YOUR_API_KEY"
status_url = f"https://platform.dewatermark.ai/api/video/v1/tasks/{task_id}"
headers = {
    "X-API-KEY": API_KEY
}

# Poll until task is complete
while True:
    response = requests.get(status_url, headers=headers)
    task_data = response.json()
    status = task_data["status"]
    progress = task_data.get("progress", 0)
    print(f"Status: {status}, Progress: {progress}")
    if status == "COMPLETED":
        download_url = task_data["download_signed_url"]
        duration = task_data["duration"]
        print(f"Video processing completed!")
        print(f"Duration: {duration}s")
        print(f"Download URL: {download_url}")
        # Download the processed video
        video_response = requests.get(download_url)
        with open("processed_video.mp4", "wb") as f:
            f.write(video_response.content)
        print("Video downloaded successfully")
        break
    elif status == "FAILED":
        print("Task failed. Credits will be refunded.")
        break
    # Wait before polling again
    time.sleep(5)
