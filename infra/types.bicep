@export()
@description('Where the function app runs: Flex Consumption (scales to zero), App Service Premium (always warm), or Azure Container Apps (own image, GPU).')
type hostingPlan = 'flex' | 'premium' | 'container'

@export()
@description('Names shared by all parts.')
type containerNames = {
  @description('The container for uploads.')
  images: string

  @description('The container for quarantined images.')
  quarantine: string
}

@export()
@description('Tags of a resource.')
type tagSet = {
  @description('The value of one tag.')
  *: string
}

@export()
@description('Settings of the app, as environment variables. None of them is a secret.')
type settingSet = {
  @description('The value of one setting.')
  *: string
}
