import { tagSet } from '../types.bicep'

@description('Required. Azure region.')
param location string

@description('Required. Makes names unique.')
@minLength(13)
param token string

@description('Required. Tags of every resource.')
param tags tagSet

@description('Required. The workspace with the telemetry of host and app.')
param workspaceId string

@description('Required. The search service.')
param searchId string

@description('Required. Recipient of alerts; empty for none.')
param email string

// Each query returns rows only if something is wrong.
var rules = [
  {
    name: 'poison'
    title: 'Images ended up in poison queues'
    severity: 1
    window: 'PT15M'
    query: 'AppMetrics | where Name == "images.poison.depth" | summarize Depth = max(Max) | where Depth > 0'
  }
  {
    name: 'failures'
    title: 'More than 5 % of the invocations fail'
    severity: 1
    window: 'PT15M'
    query: 'AppRequests | summarize Failed = countif(Success == false), All = count() | where All >= 20 and Failed > 0.05 * All'
  }
  {
    name: 'slow'
    title: 'Upload to verdict takes more than 30 s for one image in twenty'
    severity: 2
    window: 'PT15M'
    query: 'AppDependencies | where Name == "ingest" | summarize Slow = percentile(DurationMs, 95), All = count() | where All >= 20 and Slow > 30000'
  }
  {
    name: 'waiting'
    title: 'Images wait more than 5 min for processing'
    severity: 2
    window: 'PT15M'
    query: 'AppMetrics | where Name == "images.queue.age" | summarize Oldest = max(Max) | where Oldest > 300'
  }
  {
    name: 'quota'
    title: 'The search service is 80 % full'
    severity: 2
    window: 'PT1H'
    query: 'AppMetrics | where Name == "images.search.quota.used" | summarize Used = max(Max) by tostring(Properties.resource) | where Used >= 0.8'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'images'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource queryAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      autoMitigate: true
      // The tables are created with the first telemetry.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [people.id] }
    }
  }
]

resource throttling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-throttling-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The search service throttles queries: add replicas, or reduce workers.'
    severity: 2
    enabled: true
    scopes: [searchId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'throttled'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'ThrottledSearchQueriesPercentage'
          timeAggregation: 'Average'
          operator: 'GreaterThan'
          threshold: 1
        }
      ]
    }
    actions: empty(email) ? [] : [{ actionGroupId: people.id }]
  }
}
