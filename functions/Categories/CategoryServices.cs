namespace Serverless.Categories;

internal static class CategoryServices
{
    public static IServiceCollection AddCategories(this IServiceCollection services)
    {
        services.AddSingleton<CategoryTable>();
        services.AddSingleton<KnownCategories>();
        services.AddSingleton<Tagger>();
        return services;
    }
}
