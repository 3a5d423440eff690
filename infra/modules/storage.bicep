import { containerNames, tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Name.')
@minLength(3)
param name string

@description('Required. Tags of every resource.')
param tags tagSet

@description('Required. Redundancy.')
param sku string

@description('Required. Days for which deleted and overwritten blobs can be restored.')
param retentionDays int

@description('Required. Names of the containers.')
param containers containerNames

@description('Required. Whether the public network may reach the account, with an identity.')
param isPublic bool

@description('Required. The workspace to log to.')
param workspaceId string

var deadLetters = 'dead-letters'
var packages = 'packages'

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPublic ? 'Allow' : 'Deny'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: retentionDays }
    containerDeleteRetentionPolicy: { enabled: true, days: retentionDays }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for item in [containers.images, containers.quarantine, deadLetters, packages]: {
    parent: blobs
    name: item
    properties: { publicAccess: 'None' }
  }
]

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for item in loadJsonContent('../queues.json'): {
    parent: queues
    name: item
  }
]

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [
  for item in loadJsonContent('../tables.json'): {
    parent: tables
    name: item
  }
]

// Old versions are kept only as long as they can be restored.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'delete-old-versions'
          enabled: true
          type: 'Lifecycle'
          definition: {
            actions: { version: { delete: { daysAfterCreationGreaterThan: retentionDays } } }
            filters: { blobTypes: ['blockBlob'] }
          }
        }
      ]
    }
  }
  dependsOn: [blobs]
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

@description('The resource id of the account.')
output id string = account.id

@description('The URL of the container for the app\'s packages.')
output packages string = '${account.properties.primaryEndpoints.blob}${packages}'
