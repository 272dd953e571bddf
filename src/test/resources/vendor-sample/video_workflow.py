# The sample of the section "Complete Workflow Example" of the API document.
import requests
import time

API_KEY = "YOUR_API_KEY"
VIDEO_FILE_PATH = "input_video.mp4"

# Step 1: Generate upload URL
print("Step 1: Generating upload URL...")
upload_response = requests.post(
    "https://platform.dewatermark.ai/api/video/v1/upload",
    headers={"X-API-KEY": API_KEY, "Content-Type": "multipart/form-data"}
)
upload_data = upload_response.json()
task_id = upload_data["task_id"]
upload_signed_url = upload_data["upload_signed_url"]
print(f"Task ID: {task_id}")

# Step 2: Upload video file
print("Step 2: Uploading video...")
with open(VIDEO_FILE_PATH, 'rb') as video_file:
    upload_result = requests.put(
        upload_signed_url,
        data=video_file,
        headers={"Content-Type": "application/octet-stream"}
    )
print(f"Upload status: {upload_result.status_code}")

# Step 3: Submit task
print("Step 3: Submitting task...")
submit_response = requests.post(
    "https://platform.dewatermark.ai/api/video/v1/tasks",
    headers={"X-API-KEY": API_KEY, "Content-Type": "multipart/form-data"},
    data={"task_id": task_id}
)
print("Task submitted")

# Step 4: Poll for completion
print("Step 4: Polling for completion...")
status_url = f"https://platform.dewatermark.ai/api/video/v1/tasks/{task_id}"
while True:
    status_response = requests.get(
        status_url,
        headers={"X-API-KEY": API_KEY}
    )
    task_data = status_response.json()
    status = task_data["status"]
    progress = task_data.get("progress", 0)
    print(f"Status: {status}, Progress: {progress * 100}%")
    if status == "COMPLETED":
        download_url = task_data["download_signed_url"]
        duration = task_data["duration"]
        cost = duration * 0.2
        print(f"Processing completed!")
        print(f"Video duration: {duration}s")
        print(f"Credit cost: {cost} credits")
        # Download processed video
        video_data = requests.get(download_url).content
        with open("output_video.mp4", "wb") as f:
            f.write(video_data)
        print("Video downloaded to output_video.mp4")
        break
    elif status == "FAILED":
        print("Processing failed. Credits will be refunded.")
        break
    time.sleep(5)
