import { settingSet, tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Makes names unique.')
@minLength(13)
param token string

@description('Required. Tags of every resource.')
param tags tagSet

@description('Required. Name of the app.')
param name string

@description('Required. The identity that the app runs as.')
param identityId string

@description('Required. The container that packages of the app are uploaded to.')
param packages string

@description('Required. Settings of the app; none of them is a secret.')
param settings settingSet

@description('Required. The subnet that the app reaches out from; empty where it uses the public network.')
param subnetId string

@description('Required. Fewest instances; at least one is always there.')
param minInstances int

@description('Required. Most instances.')
param maxInstances int

// The package is run from its blob, read with the identity: a content share would need an account key, and there is none.
var allSettings = union(settings, {
  FUNCTIONS_EXTENSION_VERSION: '~4'
  FUNCTIONS_WORKER_RUNTIME: 'custom'
  WEBSITE_RUN_FROM_PACKAGE: '${packages}/app.zip'
  WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: identityId
})

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'elastic'
  sku: { tier: 'ElasticPremium', name: 'EP2', capacity: max(minInstances, 1) }
  properties: {
    reserved: true
    maximumElasticWorkerCount: maxInstances
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      remoteDebuggingEnabled: false
      use32BitWorkerProcess: false
      healthCheckPath: '/api/health'
      minimumElasticInstanceCount: max(minInstances, 1)
      functionAppScaleLimit: maxInstances
      functionsRuntimeScaleMonitoringEnabled: !empty(subnetId)
      appSettings: [for setting in items(allSettings): { name: setting.key, value: setting.value }]
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('The host name of the app.')
output host string = app.properties.defaultHostName
