@description('Required. The Event Grid system topic of the storage account.')
param topicName string

@description('Required. The storage account.')
param storageName string

@description('Required. The container for uploads.')
param images string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

// A queue keeps events while the app is down, and accepts them from the topic's identity: no endpoint, no key.
resource deleted 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'deleted'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: account.id
          queueName: 'image-deleted'
          queueMessageTimeToLiveInSeconds: -1
        }
      }
    }
    filter: {
      subjectBeginsWith: '/blobServices/default/containers/${images}/blobs/'
      includedEventTypes: ['Microsoft.Storage.BlobDeleted']
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
