import { tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Name.')
@minLength(3)
param name string

@description('Required. Tags of every resource.')
param tags tagSet

@description('Required. The storage account whose events it carries.')
param storageName string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

// Its own identity writes deletions to their queue, and undeliverable events to the dead-letter container.
resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

@description('The identity of the topic.')
output principalId string = topic.identity.principalId
