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

@description('Required. Settings of the app; none of them is a secret.')
param settings settingSet

@description('Required. The subnet for the app\'s outbound traffic; empty for the public network.')
param subnetId string

@description('Required. Minimum number of instances; at least one always runs.')
param minInstances int

@description('Required. Most instances.')
param maxInstances int

var fewest = max(minInstances, 1)
var steps = [
  { operator: 'GreaterThan', percent: 70, direction: 'Increase', window: 'PT5M', cooldown: 'PT3M' }
  { operator: 'LessThan', percent: 30, direction: 'Decrease', window: 'PT10M', cooldown: 'PT10M' }
]
var allSettings = union(settings, {
  FUNCTIONS_EXTENSION_VERSION: '~4'
  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
  WEBSITE_RUN_FROM_PACKAGE: '1'
})

// Not Elastic Premium: that keeps packages in a content share that requires an account key, and there is none.
resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'linux'
  sku: { tier: 'PremiumV3', name: 'P1v3', capacity: fewest }
  properties: { reserved: true }
}

resource scale 'Microsoft.Insights/autoscaleSettings@2022-10-01' = {
  name: 'scale-${token}'
  location: location
  tags: tags
  properties: {
    enabled: true
    targetResourceUri: plan.id
    profiles: [
      {
        name: 'by processor load'
        // Such a plan has at most 30 instances.
        capacity: {
          minimum: string(fewest)
          default: string(fewest)
          maximum: string(min(max(maxInstances, fewest), 30))
        }
        rules: [
          for step in steps: {
            metricTrigger: {
              metricName: 'CpuPercentage'
              metricResourceUri: plan.id
              operator: step.operator
              threshold: step.percent
              statistic: 'Average'
              timeAggregation: 'Average'
              timeGrain: 'PT1M'
              timeWindow: step.window
            }
            scaleAction: { direction: step.direction, type: 'ChangeCount', value: '1', cooldown: step.cooldown }
          }
        ]
      }
    ]
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
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
      alwaysOn: true
      linuxFxVersion: 'DOTNET-ISOLATED|10.0'
      healthCheckPath: '/api/health'
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
