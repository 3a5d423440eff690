using 'main.bicep'

// azd says so before it provisions.
var container = bool(readEnvironmentVariable('SERVICE_CONTAINER_RESOURCE_EXISTS', 'false'))
var gpuContainer = bool(readEnvironmentVariable('SERVICE_GPU_RESOURCE_EXISTS', 'false'))

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'images')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param plan = readEnvironmentVariable('PLAN', 'flex')
param gpu = bool(readEnvironmentVariable('GPU', 'false'))
param containerExists = container || gpuContainer
param privateNetwork = bool(readEnvironmentVariable('PRIVATE_NETWORK', 'false'))
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
