using 'events.bicep'

// What main.bicep puts out; azd hands it on.
param resourceGroupName = readEnvironmentVariable('AZURE_RESOURCE_GROUP', '')
param plan = readEnvironmentVariable('PLAN', 'flex')
param appName = readEnvironmentVariable('APP_NAME', '')
param appHost = readEnvironmentVariable('APP_HOST', '')
param storageName = readEnvironmentVariable('STORAGE_ACCOUNT', '')
param topicName = readEnvironmentVariable('EVENT_TOPIC', '')
