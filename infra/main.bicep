targetScope = 'subscription'

import { hostingPlan, tagSet } from 'types.bicep'

@description('Required. Short name of this installation, such as images-prod; part of every resource name.')
@minLength(2)
@maxLength(24)
param environmentName string

@description('Required. Azure region of all resources.')
param location string

@description('Optional. Where the function app runs.')
param plan hostingPlan = 'flex'

@description('Optional. A serverless GPU (NVIDIA T4) for the model; for the plan container only.')
param gpu bool = false

@description('Optional. Whether the container app already exists: it then keeps its image and keys. Set by azd.')
param containerExists bool = false

@description('Optional. Seed for the keys of a new container app; on other plans the host creates its own.')
@secure()
param containerKeySeed string = newGuid()

@description('Optional. Minimum number of ready instances. 0 costs nothing at rest, but the first upload waits for a cold start.')
@minValue(0)
@maxValue(20)
param minInstances int = 0

@description('Optional. Maximum number of instances.')
@minValue(1)
@maxValue(100)
param maxInstances int = 20

@description('Optional. Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param storageSku string = 'Standard_ZRS'

@description('Optional. Days for which deleted and overwritten blobs can be restored.')
@minValue(1)
@maxValue(365)
param retentionDays int = 30

@description('Optional. Tier of Azure AI Search, chosen by the total size of vectors; not every later change of tier is possible.')
@allowed(['basic', 'standard', 'standard2', 'standard3'])
param searchSku string = 'basic'

@description('Optional. Replicas of the search service: 2 for an SLA on queries, 3 for one on queries and indexing.')
@minValue(1)
@maxValue(12)
param searchReplicas int = 1

@description('Optional. Partitions of the search service.')
@allowed([1, 2, 3, 4, 6, 12])
param searchPartitions int = 1

@description('Optional. Name of the index. Another model needs another index.')
param searchIndex string = 'images'

@description('Optional. Name of the model that makes the vectors.')
param embeddingModel string = 'default'

@description('Optional. enforce moves duplicates to quarantine; shadow only records the verdict.')
@allowed(['enforce', 'shadow'])
param duplicatesMode string = 'enforce'

@description('Optional. Which of several copies stays: the first, or the best (most points, least compressed).')
@allowed(['first', 'best'])
param duplicatesKeep string = 'first'

@description('Optional. Keeps Storage and Search off the public network, behind private endpoints. Uploads then come from inside the network.')
param privateNetwork bool = false

@description('Optional. Recipient of alerts. Empty: alerts only appear in the portal.')
param alertEmail string = ''

@description('Optional. Tags of every resource.')
param tags tagSet = {}

var token = uniqueString(subscription().id, environmentName, location)
var allTags = union({ 'azd-env-name': environmentName }, tags)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: allTags
}

module resources 'resources.bicep' = {
  scope: group
  params: {
    location: location
    token: token
    tags: allTags
    plan: plan
    gpu: gpu
    containerExists: containerExists
    containerKeySeed: containerKeySeed
    minInstances: minInstances
    maxInstances: maxInstances
    storageSku: storageSku
    retentionDays: retentionDays
    searchSku: searchSku
    searchReplicas: searchReplicas
    searchPartitions: searchPartitions
    searchIndex: searchIndex
    embeddingModel: embeddingModel
    duplicatesMode: duplicatesMode
    duplicatesKeep: duplicatesKeep
    privateNetwork: privateNetwork
    alertEmail: alertEmail
  }
}

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Where the app runs.')
output PLAN string = plan

@description('Whether the app is deployed to a function app: the service functions of azure.yaml.')
output DEPLOY_FUNCTIONS bool = plan != 'container'

@description('Whether the app is deployed as a container: the service container of azure.yaml.')
output DEPLOY_CONTAINER bool = plan == 'container' && !gpu

@description('Whether the app is deployed as a container with CUDA: the service gpu of azure.yaml.')
output DEPLOY_GPU bool = plan == 'container' && gpu

@description('The name of the function app.')
output APP_NAME string = resources.outputs.appName

@description('The host name of the function app.')
output APP_HOST string = resources.outputs.appHost

@description('The name of the storage account.')
output STORAGE_ACCOUNT string = resources.outputs.storageAccount

@description('The name of the Event Grid system topic.')
output EVENT_TOPIC string = resources.outputs.eventTopic

@description('The host name of the container registry that builds images; empty unless the plan is container.')
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = resources.outputs.registryServer
