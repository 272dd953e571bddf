# Cleans clips with curl, by the calls that the component makes. Takes tasks as lines on standard input: the clip, how many
# times at once, how many times in all. Answers each with the CPU time, user and system, that all calls have taken so far.
base=$1
outbox=$2
key='X-API-KEY: benchmark'

# the text of a field of $answer, without a process of its own
field() {
    value=${answer#*\"$1\": \"}
    value=${value%%\"*}
}

clean() {
    answer=$(curl -sSf -X POST -H "$key" -H 'Content-Type: multipart/form-data' "$base/api/video/v1/upload") || return
    field task_id
    task=$value
    field upload_signed_url
    curl -sSf -T "$1" -H 'Content-Type: application/octet-stream' "$value" || return
    answer=$(curl -sSf -H "$key" -F "task_id=$task" "$base/api/video/v1/tasks") || return
    until [ "$value" = COMPLETED ]; do
        answer=$(curl -sSf -H "$key" "$base/api/video/v1/tasks/$task") || return
        field status
    done
    field download_signed_url
    curl -sSf -o "$2" "$value"
}

while IFS= read -r line; do
    count=${line##* }
    line=${line% *}
    concurrency=${line##* }
    clip=${line% *}
    worker=0
    while [ "$worker" -lt "$concurrency" ]; do
        (
            i=$worker
            while [ "$i" -lt "$count" ]; do
                clean "$clip" "$outbox/$i.mp4" || exit
                i=$((i + concurrency))
            done
        ) &
        worker=$((worker + 1))
    done
    wait
    times > "$outbox/../times"
    { read -r own; read -r children; } < "$outbox/../times"
    echo "RESULT $children"
done
