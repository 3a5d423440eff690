import { hostingPlan, tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Makes names unique.')
@minLength(13)
param token string

@description('Required. Tags of every resource.')
param tags tagSet

@description('Required. Where the function app runs: its subnet is delegated to that service.')
param plan hostingPlan

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [
            {
              name: 'app'
              properties: {
                serviceName: plan == 'premium' ? 'Microsoft.Web/serverFarms' : 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.2.0/24'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

@description('The resource id of the network.')
output networkId string = network.id

@description('The subnet of the app.')
output appSubnetId string = network::app.id

@description('The subnet of the private endpoints.')
output endpointSubnetId string = network::endpoints.id
