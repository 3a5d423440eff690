namespace Serverless.Labels;

internal static class LabelServices
{
    public static IServiceCollection AddLabels(this IServiceCollection services) => services.AddSingleton<Labeller>();
}
