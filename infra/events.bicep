// Deployed once the app runs: Event Grid asks an endpoint before it accepts it, and the app makes its keys when it first starts.

@description('Required. The Event Grid system topic of the storage account.')
param topicName string

@description('Required. The storage account.')
param storageName string

@description('Required. The host name of the function app.')
param appHost string

@description('Required. The key of the blob trigger\'s endpoint: the system key blobs_extension.')
@secure()
param blobsKey string

@description('Required. The key of the endpoint for other events: the system key eventgrid_extension.')
@secure()
param eventsKey string

@description('Optional. The container that people upload to.')
param images string = 'images'

var subjects = '/blobServices/default/containers/${images}/blobs/'
var delivery = { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 }
var deadLetters = {
  identity: { type: 'SystemAssigned' }
  deadLetterDestination: {
    endpointType: 'StorageBlob'
    properties: { resourceId: account.id, blobContainerName: 'dead-letters' }
  }
}

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource uploaded 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'uploaded'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        #disable-next-line use-secure-value-for-secure-inputs // It holds a secure parameter, which Bicep does not see.
        endpointUrl: 'https://${appHost}/runtime/webhooks/blobs?functionName=Host.Functions.IngestImage&code=${blobsKey}'
        maxEventsPerBatch: 1
      }
    }
    filter: {
      subjectBeginsWith: subjects
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      // One event for each upload: an account with folders also tells of the creation of the empty file before its content.
      advancedFilters: [
        {
          operatorType: 'StringIn'
          key: 'data.api'
          values: ['PutBlob', 'PutBlockList', 'CopyBlob', 'FlushWithClose', 'SftpCommit']
        }
      ]
    }
    retryPolicy: delivery
    deadLetterWithResourceIdentity: deadLetters
  }
}

resource deleted 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'deleted'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        #disable-next-line use-secure-value-for-secure-inputs // It holds a secure parameter, which Bicep does not see.
        endpointUrl: 'https://${appHost}/runtime/webhooks/EventGrid?functionName=RemoveImage&code=${eventsKey}'
        maxEventsPerBatch: 1
      }
    }
    filter: {
      subjectBeginsWith: subjects
      includedEventTypes: ['Microsoft.Storage.BlobDeleted']
    }
    retryPolicy: delivery
    deadLetterWithResourceIdentity: deadLetters
  }
}
