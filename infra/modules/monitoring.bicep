import { tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Makes names unique.')
@minLength(13)
param token string

@description('Required. Name of the Application Insights component.')
param insightsName string

@description('Required. Tags of every resource.')
param tags tagSet

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    features: { disableLocalAuth: true }
  }
}

// Accepts telemetry only from identities, so its connection string is not a secret.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspace.id, 'images')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Images: from upload to verdict'
    category: 'workbook'
    sourceId: workspace.id
    serializedData: loadTextContent('../workbook.json')
  }
}

@description('The workspace that everything logs to.')
output workspaceId string = workspace.id

@description('Where telemetry goes.')
output connectionString string = insights.properties.ConnectionString
