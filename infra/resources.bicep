import { containerNames, hostingPlan, tagSet } from 'types.bicep'

@description('Required. Azure region of all resources.')
param location string

@description('Required. Makes names unique, but stable across deployments.')
@minLength(13)
param token string

@description('Required. Tags of every resource.')
param tags tagSet

@description('Required. Where the function app runs.')
param plan hostingPlan

@description('Required. A serverless GPU, on the plan container.')
param gpu bool

@description('Required. Whether the container app already exists: it then keeps its image and keys.')
param containerExists bool

@description('Required. Seed for the keys of a new container app.')
@secure()
param containerKeySeed string

@description('Required. Minimum number of instances.')
param minInstances int

@description('Required. Maximum number of instances.')
param maxInstances int

@description('Required. Redundancy of the storage account.')
param storageSku string

@description('Required. Days for which deleted and overwritten blobs can be restored.')
param retentionDays int

@description('Required. Tier of the search service.')
param searchSku string

@description('Required. Replicas of the search service.')
param searchReplicas int

@description('Required. Partitions of the search service.')
param searchPartitions int

@description('Required. Name of the index.')
param searchIndex string

@description('Required. Name of the model.')
param embeddingModel string

@description('Required. enforce or shadow.')
param duplicatesMode string

@description('Required. first or best.')
param duplicatesKeep string

@description('Required. Storage and Search behind private endpoints.')
param privateNetwork bool

@description('Required. Recipient of alerts.')
param alertEmail string

var containers containerNames = { images: 'images', quarantine: 'quarantine' }

// Known before deployment, so that a what-if works.
var names = {
  app: 'app-${token}'
  insights: 'appi-${token}'
  registry: 'cr${token}'
  search: 'srch-${token}'
  storage: 'st${token}'
  topic: 'evgt-${token}'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${token}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  params: { location: location, token: token, tags: tags, insightsName: names.insights }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  params: { location: location, token: token, tags: tags, plan: plan }
}

module storage 'modules/storage.bicep' = {
  params: {
    location: location
    name: names.storage
    tags: tags
    sku: storageSku
    retentionDays: retentionDays
    containers: containers
    isPublic: !privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module search 'modules/search.bicep' = {
  params: {
    location: location
    name: names.search
    tags: tags
    sku: searchSku
    replicas: searchReplicas
    partitions: searchPartitions
    isPublic: !privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module endpoints 'modules/endpoints.bicep' = if (privateNetwork) {
  params: {
    location: location
    token: token
    tags: tags
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
    storageId: storage.outputs.id
    searchId: search.outputs.id
  }
}

module topic 'modules/topic.bicep' = {
  params: { location: location, name: names.topic, tags: tags, storageName: names.storage }
  dependsOn: [storage]
}

module registry 'modules/registry.bicep' = if (plan == 'container') {
  params: { location: location, name: names.registry, tags: tags }
}

module roles 'modules/roles.bicep' = {
  params: {
    appId: identity.id
    appPrincipalId: identity.properties.principalId
    topicName: names.topic
    topicPrincipalId: topic.outputs.principalId
    storageName: names.storage
    searchName: names.search
    insightsName: names.insights
    registryName: plan == 'container' ? names.registry : ''
  }
  dependsOn: [storage, search, monitoring, registry]
}

module deletions 'modules/deletions.bicep' = {
  params: { topicName: names.topic, storageName: names.storage, images: containers.images }
  dependsOn: [roles]
}

var settings = {
  AZURE_CLIENT_ID: identity.properties.clientId
  AzureWebJobsStorage__accountName: names.storage
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
  AzureFunctionsJobHost__telemetryMode: 'OpenTelemetry'
  Storage__Images: containers.images
  Storage__Quarantine: containers.quarantine
  Search__Endpoint: search.outputs.endpoint
  Search__Index: searchIndex
  Embedding__Provider: 'onnx'
  Embedding__Model: embeddingModel
  Embedding__Device: gpu ? 'cuda' : 'auto'
  Duplicates__Mode: duplicatesMode
  Duplicates__Keep: duplicatesKeep
}

var subnetId = privateNetwork ? network!.outputs.appSubnetId : ''

module flex 'modules/app-flex.bicep' = if (plan == 'flex') {
  params: {
    location: location
    token: token
    tags: tags
    name: names.app
    identityId: identity.id
    packages: storage.outputs.packages
    settings: settings
    subnetId: subnetId
    minInstances: minInstances
    maxInstances: maxInstances
  }
  dependsOn: [roles]
}

module premium 'modules/app-premium.bicep' = if (plan == 'premium') {
  params: {
    location: location
    token: token
    tags: tags
    name: names.app
    identityId: identity.id
    settings: settings
    subnetId: subnetId
    minInstances: minInstances
    maxInstances: maxInstances
  }
  dependsOn: [roles]
}

resource current 'Microsoft.App/containerApps@2025-07-01' existing = if (plan == 'container' && containerExists) {
  name: names.app
}

module container 'modules/app-container.bicep' = if (plan == 'container') {
  params: {
    location: location
    token: token
    tags: tags
    name: names.app
    identityId: identity.id
    registryServer: registry!.outputs.server
    image: containerExists
      ? current!.properties.template.containers[0].image
      : 'mcr.microsoft.com/k8se/quickstart:latest'
    masterKey: containerExists
      ? first(filter(current!.listSecrets().value, secret => secret.name == 'host-master'))!.value
      : guid(containerKeySeed, 'master')
    functionKey: containerExists
      ? first(filter(current!.listSecrets().value, secret => secret.name == 'host-function-default'))!.value
      : guid(containerKeySeed, 'function')
    blobsKey: containerExists
      ? first(filter(current!.listSecrets().value, secret => secret.name == 'host-systemkey-blobs'))!.value
      : guid(containerKeySeed, 'blobs')
    gpu: gpu
    settings: settings
    subnetId: subnetId
    minInstances: minInstances
    maxInstances: maxInstances
    workspaceId: monitoring.outputs.workspaceId
  }
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    token: token
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    searchId: search.outputs.id
    email: alertEmail
  }
}

@description('The name of the function app.')
output appName string = names.app

@description('The host name of the function app.')
output appHost string = plan == 'flex'
  ? flex!.outputs.host
  : plan == 'premium' ? premium!.outputs.host : container!.outputs.host

@description('The name of the storage account.')
output storageAccount string = names.storage

@description('The name of the Event Grid system topic.')
output eventTopic string = names.topic

@description('The host name of the container registry; empty unless the plan is container.')
output registryServer string = plan == 'container' ? registry!.outputs.server : ''
