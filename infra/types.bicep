@export()
@description('Where the function app runs: Flex Consumption (scales to zero), App Service Premium (always warm), or Azure Container Apps (own image, GPU).')
type hostingPlan = 'flex' | 'premium' | 'container'

@export()
@description('Names of what every part refers to.')
type containerNames = {
  @description('The container that people upload to.')
  images: string

  @description('The container of what was taken out of it.')
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
