using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'images')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param plan = readEnvironmentVariable('PLAN', 'flex')
param gpu = bool(readEnvironmentVariable('GPU', 'false'))
param containerImage = readEnvironmentVariable('CONTAINER_IMAGE', '')
param privateNetwork = bool(readEnvironmentVariable('PRIVATE_NETWORK', 'false'))
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
