import { tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Makes names unique.')
@minLength(13)
param token string

@description('Required. Tags of every resource.')
param tags tagSet

@description('Required. The network whose names resolve to the endpoints.')
param networkId string

@description('Required. The subnet of the endpoints.')
param subnetId string

@description('Required. The storage account.')
param storageId string

@description('Required. The search service.')
param searchId string

var storageSuffix = environment().suffixes.storage
var targets = [
  { name: 'blob', zone: 'privatelink.blob.${storageSuffix}' }
  { name: 'queue', zone: 'privatelink.queue.${storageSuffix}' }
  { name: 'table', zone: 'privatelink.table.${storageSuffix}' }
  { name: 'searchService', zone: 'privatelink.search.windows.net' }
]

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for target in targets: {
    name: target.zone
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (target, index) in targets: {
    parent: zone[index]
    name: 'vnet-${token}'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for target in targets: {
    name: 'pep-${target.name}-${token}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: target.name
          properties: {
            privateLinkServiceId: target.name == 'searchService' ? searchId : storageId
            groupIds: [target.name]
          }
        }
      ]
    }
  }
]

resource group 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (target, index) in targets: {
    parent: endpoint[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: target.name, properties: { privateDnsZoneId: zone[index].id } }]
    }
  }
]
