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

@description('Required. The app\'s identity, also used to pull its image.')
param identityId string

@description('Required. The host name of the registry.')
param registryServer string

@description('Required. The image to run.')
param image string

@description('Required. The host\'s master key.')
@secure()
param masterKey string

@description('Required. The key of callers.')
@secure()
param functionKey string

@description('Required. The key of the blob trigger\'s endpoint.')
@secure()
param blobsKey string

@description('Required. A serverless GPU.')
param gpu bool

@description('Required. Settings of the app; none of them is a secret.')
param settings settingSet

@description('Required. The subnet of the environment; empty for the public network.')
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
  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
  // The host reads its keys from files, because here keys that it creates itself cannot be fetched.
  AzureWebJobsSecretStorageType: 'containerapps'
})
var keys = [
  { name: 'host-master', file: 'host.master' }
  { name: 'host-function-default', file: 'host.function.default' }
  { name: 'host-systemkey-blobs', file: 'host.systemKey.blobs_extension' }
]

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
  tags: union(tags, { 'azd-service-name': gpu ? 'gpu' : 'container' })
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
      secrets: [
        { name: keys[0].name, value: masterKey }
        { name: keys[1].name, value: functionKey }
        { name: keys[2].name, value: blobsKey }
      ]
    }
    template: {
      containers: [
        {
          name: 'images'
          image: image
          env: [for setting in items(allSettings): { name: setting.key, value: setting.value }]
          resources: gpu ? { cpu: json('8.0'), memory: '56Gi' } : { cpu: json('2.0'), memory: '4Gi' }
          volumeMounts: [{ volumeName: 'keys', mountPath: '/run/secrets/functions-keys' }]
        }
      ]
      volumes: [
        {
          name: 'keys'
          storageType: 'Secret'
          secrets: [for key in keys: { secretRef: key.name, path: key.file }]
        }
      ]
      scale: { minReplicas: minInstances, maxReplicas: maxInstances }
    }
  }
}

@description('The host name of the app.')
output host string = app.properties.configuration.ingress.fqdn
