// The second layer, deployed once the app runs: Event Grid validates the endpoint, and the host creates its key.
targetScope = 'subscription'

import { hostingPlan } from 'types.bicep'

@description('Required. The resource group.')
param resourceGroupName string

@description('Required. Where the function app runs.')
param plan hostingPlan

@description('Required. The name of the function app.')
param appName string

@description('Required. The host name of the function app.')
param appHost string

@description('Required. The storage account.')
param storageName string

@description('Required. The Event Grid system topic of the storage account.')
param topicName string

@description('Optional. The container for uploads.')
param images string = 'images'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' existing = {
  name: resourceGroupName
}

module uploads 'modules/uploads.bicep' = {
  scope: group
  params: {
    topicName: topicName
    storageName: storageName
    plan: plan
    appName: appName
    appHost: appHost
    images: images
  }
}
