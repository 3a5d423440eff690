#!/usr/bin/env bash
# Publishes the app, puts it where the plan runs it, and connects the events of the storage account.
# azd calls it after it has made the resources; by hand, set the outputs of main.bicep as environment variables:
#   AZURE_RESOURCE_GROUP PLAN APP_NAME APP_HOST STORAGE_ACCOUNT EVENT_TOPIC REGISTRY (and GPU=true for a GPU)
# Needs: az (signed in), dotnet 10, zip.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${AZURE_RESOURCE_GROUP:?}" "${PLAN:?}" "${APP_NAME:?}" "${APP_HOST:?}" "${STORAGE_ACCOUNT:?}" "${EVENT_TOPIC:?}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

publish() {
  dotnet publish functions -c Release -r linux-x64 --self-contained -p:BlobTriggerSource=EventGrid -o "$work/app"
  (cd "$work/app" && zip -qr "$work/app.zip" .)
}

case $PLAN in
  flex)
    publish
    az functionapp deployment source config-zip -g "$AZURE_RESOURCE_GROUP" -n "$APP_NAME" --src "$work/app.zip"
    ;;
  premium)
    publish
    az storage blob upload --auth-mode login --account-name "$STORAGE_ACCOUNT" -c packages -n app.zip -f "$work/app.zip" --overwrite
    az functionapp restart -g "$AZURE_RESOURCE_GROUP" -n "$APP_NAME"
    ;;
  container)
    file=infra/docker/Dockerfile
    [ "${GPU:-false}" = true ] && file=infra/docker/Dockerfile.cuda
    tag=$(date -u +%Y%m%d%H%M%S)
    az acr build -r "$REGISTRY" -t "images:$tag" -f "$file" .
    image="$REGISTRY.azurecr.io/images:$tag"
    az containerapp update -g "$AZURE_RESOURCE_GROUP" -n "$APP_NAME" --image "$image"
    # The next provisioning keeps this image.
    command -v azd > /dev/null && azd env set CONTAINER_IMAGE "$image"
    ;;
  *)
    echo "PLAN is '$PLAN': flex, premium or container is allowed." >&2
    exit 1
    ;;
esac

# The app makes the keys of its endpoints when it first starts.
key() {
  if [ "$PLAN" = container ]; then
    az containerapp function keys list -g "$AZURE_RESOURCE_GROUP" -n "$APP_NAME" --key-type systemKey --query "(value || @)[?name=='$1'].value | [0]" -o tsv
  else
    az functionapp keys list -g "$AZURE_RESOURCE_GROUP" -n "$APP_NAME" --query "systemKeys.$1" -o tsv
  fi
}
for attempt in $(seq 1 30); do
  blobs=$(key blobs_extension || true)
  events=$(key eventgrid_extension || true)
  [ -n "$blobs" ] && [ -n "$events" ] && break
  [ "$attempt" = 30 ] && { echo "The app has not started: 'az webapp log tail' or the container's log says why. Then run this again." >&2; exit 1; }
  sleep 10
done

# Not on the command line: others on this machine can read that.
umask 077
cat > "$work/events.json" << JSON
{"\$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","contentVersion":"1.0.0.0","parameters":{
"topicName":{"value":"$EVENT_TOPIC"},"storageName":{"value":"$STORAGE_ACCOUNT"},"appHost":{"value":"$APP_HOST"},
"blobsKey":{"value":"$blobs"},"eventsKey":{"value":"$events"}}}
JSON
az deployment group create -g "$AZURE_RESOURCE_GROUP" -n events -f infra/events.bicep -p "@$work/events.json" -o none
echo "Ready: https://$APP_HOST/api/health"
