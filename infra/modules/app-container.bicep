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

@description('Required. The identity that the app runs as, and pulls its image with.')
param identityId string

@description('Required. The host name of the registry.')
param registryServer string

@description('Required. The image to run; empty until there is one.')
param image string

@description('Required. A serverless GPU.')
param gpu bool

@description('Required. Settings of the app; none of them is a secret.')
param settings settingSet

@description('Required. The subnet of the environment; empty where it uses the public network.')
param subnetId string

@description('Required. Fewest instances.')
param minInstances int

@description('Required. Most instances.')
param maxInstances int

@description('Required. The workspace to log to.')
param workspaceId string

var gpuProfile = 'gpu-t4'
var allSettings = union(settings, {
  FUNCTIONS_EXTENSION_VERSION: '~4'
  FUNCTIONS_WORKER_RUNTIME: 'custom'
})

resource environment 'Microsoft.App/managedEnvironments@2025-07-01' = {
  name: 'cae-${token}'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: { destination: 'azure-monitor' }
    vnetConfiguration: empty(subnetId) ? null : { infrastructureSubnetId: subnetId }
    workloadProfiles: concat(
      [{ name: 'Consumption', workloadProfileType: 'Consumption' }],
      gpu ? [{ name: gpuProfile, workloadProfileType: 'Consumption-GPU-NC8as-T4' }] : []
    )
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'console'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: gpu ? gpuProfile : 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 80
        transport: 'auto'
        allowInsecure: false
      }
      registries: [{ server: registryServer, identity: identityId }]
    }
    template: {
      containers: [
        {
          name: 'images'
          image: empty(image) ? 'mcr.microsoft.com/k8se/quickstart:latest' : image
          env: [for setting in items(allSettings): { name: setting.key, value: setting.value }]
          resources: gpu ? { cpu: json('8.0'), memory: '56Gi' } : { cpu: json('2.0'), memory: '4Gi' }
        }
      ]
      scale: { minReplicas: minInstances, maxReplicas: maxInstances }
    }
  }
}

@description('The host name of the app.')
output host string = app.properties.configuration.ingress.fqdn
