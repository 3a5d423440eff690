import { tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Name.')
@minLength(5)
param name string

@description('Required. Tags of every resource.')
param tags tagSet

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

@description('The host name of the registry.')
output server string = registry.properties.loginServer
