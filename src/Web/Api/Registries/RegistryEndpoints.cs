using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Training.Workloads;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;

namespace Stepsize.Web.Api.Registries;

/// <summary>What there is to make sweeps of.</summary>
internal static class RegistryEndpoints
{
    public static void MapRegistries(this IEndpointRouteBuilder api)
    {
        Map(
            api, "optimizer", "adagrad-norm", "Id, title, source, formula, axes, initial stepsize on each and options",
            OptimizerRegistry.All, o => o.Id, (o, _) => RegistryJson.Of(o));
        Map(
            api, "workload", "quadratic-2d", "Id, title, source, size and options",
            WorkloadRegistry.All, w => w.Id, (w, _) => RegistryJson.Of(w));
        Map(
            api, "preset", "quickstart", "Id, title, source, differences from the paper, and the specification, which POST /api/sweeps takes,",
            PresetRegistry.All, p => p.Id, (p, _) => RegistryJson.Of(p));
        Map(
            api, "dataset", "mnist", "Id, authors, licence and whether its files are here",
            DatasetRegistry.All, d => d.Id, (d, folders) => RegistryJson.Of(d, d.Locate(folders)), isFixed: false);
        api.MapGet("/weights", (ApiQuery query, [FromServices] DatasetFolders folders) => Results.Ok(new JsonArray([.. WeightsListing.Read(folders).Select(RegistryJson.Of)])))
            .Describe(new ApiOperation("listWeights", ApiTags.Registries, "List the pretrained weights")
            {
                Example = "/api/weights",
                Answer = ApiAnswer.Of<JsonArray>("Name, network, checksum and origin of weights that were imported, or why they cannot be used."),
            });
    }

    /// <param name="word">One entry in a word; with an s, the address.</param>
    /// <param name="isFixed">Whether the entries are what the program was built with, and nothing else.</param>
    private static void Map<T>(
        IEndpointRouteBuilder api, string word, string example, string what, IReadOnlyList<T> all, Func<T, string> idOf, Func<T, DatasetFolders, JsonObject> json,
        bool isFixed = true)
        where T : class
    {
        var name = char.ToUpperInvariant(word[0]) + word[1..];
        api.MapGet($"/{word}s", (HttpContext context, ApiQuery query, [FromServices] DatasetFolders folders) =>
                Unchanged(context) ?? Results.Ok(new JsonArray([.. all.Select(item => json(item, folders))])))
            .Describe(new ApiOperation($"list{name}s", ApiTags.Registries, $"List the {word}s")
            {
                Example = $"/api/{word}s",
                Answer = ApiAnswer.Of<JsonArray>($"{what} of every {word}."),
            });
        api.MapGet($"/{word}s/{{id}}", (string id, HttpContext context, ApiQuery query, [FromServices] DatasetFolders folders) =>
                all.FirstOrDefault(item => idOf(item) == id) is { } found
                    ? Unchanged(context) ?? Results.Ok(json(found, folders))
                    : Problems.NotFound($"There is no {word} \"{Quoting.Short(id)}\"; there are {string.Join(", ", all.Select(idOf))}."))
            .Describe(new ApiOperation($"read{name}", ApiTags.Registries, $"Read {(word[0] is 'o' ? "an" : "a")} {word}")
            {
                Example = $"/api/{word}s/{example}",
                Answer = ApiAnswer.Of<JsonObject>($"{what} of the {word}."),
            });

        IResult? Unchanged(HttpContext context) => isFixed ? EntityTag.Check(context, word) : null;
    }
}
