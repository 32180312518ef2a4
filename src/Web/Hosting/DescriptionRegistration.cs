using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Description;
using Stepsize.Web.Hosting.Pages;
using Stepsize.Web.Views.Addresses;

namespace Stepsize.Web.Hosting;

/// <summary>The OpenAPI document and the page for people.</summary>
internal static class DescriptionRegistration
{
    private const string Name = "v1";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any();
        options.AddOperationTransformer<OperationDescriber>();
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = context.JsonPropertyInfo?.PropertyType ?? context.JsonTypeInfo.Type;
            if ((Nullable.GetUnderlyingType(type) ?? type) is { } number && (number == typeof(double) || number == typeof(float)))
            {
                NumberSchema.Apply(schema, isNullable: number != type);
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Stepsize Dashboard",
                Version = typeof(DescriptionRegistration).Assembly.GetName().Version?.ToString(3) ?? "",
                Description = ApiNotes.All,
            };

            // The server is whichever this document came from; paths are below its base.
            document.Servers = context.ApplicationServices.GetService<ProgramSettings>()?.PathBase is { Length: > 0 } pathBase ? [new OpenApiServer { Url = pathBase }] : [];
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(ApiRoutes.Document);
        routes.MapGet(ApiRoutes.Root, (HttpRequest request) => new RazorComponentResult<ApiDocument>(new { Server = $"{request.Scheme}://{request.Host}{request.PathBase}" }))
            .ExcludeFromDescription();
    }
}
