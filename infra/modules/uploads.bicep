import { hostingPlan } from '../types.bicep'

@description('Required. The Event Grid system topic of the storage account.')
param topicName string

@description('Required. The storage account.')
param storageName string

@description('Required. Where the function app runs.')
param plan hostingPlan

@description('Required. The name of the function app.')
param appName string

@description('Required. The host name of the function app.')
param appHost string

@description('Required. The container for uploads.')
param images string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource site 'Microsoft.Web/sites@2025-03-01' existing = if (plan != 'container') {
  name: appName
}

resource container 'Microsoft.App/containerApps@2025-07-01' existing = if (plan == 'container') {
  name: appName
}

// The system key of the blob trigger's endpoint.
var key = plan == 'container'
  ? first(filter(container!.listSecrets().value, secret => secret.name == 'host-systemkey-blobs'))!.value
  : listKeys('${site!.id}/host/default', '2025-03-01').systemKeys.blobs_extension

resource uploaded 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'uploaded'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${appHost}/runtime/webhooks/blobs?functionName=Host.Functions.IngestImage&code=${key}'
        maxEventsPerBatch: 1
      }
    }
    filter: {
      subjectBeginsWith: '/blobServices/default/containers/${images}/blobs/'
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      // One event per upload: an account with a hierarchical namespace also reports the creation of the empty file.
      advancedFilters: [
        {
          operatorType: 'StringIn'
          key: 'data.api'
          values: ['PutBlob', 'PutBlockList', 'CopyBlob', 'FlushWithClose', 'SftpCommit']
        }
      ]
    }
    retryPolicy: { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: account.id, blobContainerName: 'dead-letters' }
      }
    }
  }
}
