import { tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Name.')
@minLength(3)
param name string

@description('Required. Tags of every resource.')
param tags tagSet

@description('Required. Tier.')
param sku string

@description('Required. Replicas.')
param replicas int

@description('Required. Partitions.')
param partitions int

@description('Required. Whether the public network may reach the service, with an identity.')
param isPublic bool

@description('Required. The workspace to log to.')
param workspaceId string

resource service 'Microsoft.Search/searchServices@2025-05-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku }
  properties: {
    replicaCount: replicas
    partitionCount: partitions
    disableLocalAuth: true
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
    semanticSearch: 'disabled'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: service
  name: 'operations'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'OperationLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('The resource id of the service.')
output id string = service.id

@description('The address of the service.')
output endpoint string = service.properties.endpoint
